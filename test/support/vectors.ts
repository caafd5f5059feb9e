/**
 * Shapes that make a browser run a script, one for each way in that is known. Each calls hit(), which
 * a page under test defines and which must never be called.
 */
export const markup: readonly string[] = [
  // Elements that run, load or embed.
  '<script>hit()</script>',
  '<ScRiPt >hit()</sCrIpT\t>',
  '<script src="data:text/javascript,hit()"></script>',
  '<script\0>hit()</script>',
  '<scr<script>ipt>hit()</scr</script>ipt>',
  '<iframe srcdoc="<script>parent.hit()</script>"></iframe>',
  '<iframe src="javascript:parent.hit()"></iframe>',
  '<object data="javascript:hit()"></object><embed src="javascript:hit()">',
  // Event handlers.
  '<img src=x onerror=hit()>',
  '<img/src="x"/onerror="hit()">',
  '<img src=x onerror\x0b=\x0chit()>',
  '<IMG """><SCRIPT>hit()</SCRIPT>">',
  '<body onload=hit()><input autofocus onfocus=hit()>',
  '<details open ontoggle=hit()><summary>x</summary></details>',
  '<video><source onerror=hit()></video><audio src=x onerror=hit()></audio>',
  '<p style="animation:x" onanimationstart=hit() onmouseover=hit() tabindex=1>words</p>',
  // SVG, MathML, and what parses in another way the second time.
  '<svg onload=hit()><script>hit()</script></svg>',
  '<svg><animate xlink:href=#x attributeName=href values=javascript:hit() /><a id=x><text y=20>x</text></a></svg>',
  '<svg><use href="data:image/svg+xml,<svg id=x xmlns=\'http://www.w3.org/2000/svg\'><script>hit()</script></svg>#x"/></svg>',
  '<math><a xlink:href="javascript:hit()" href="javascript:hit()">x</a></math>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=hit()&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=hit()>',
  '<svg></p><style><a id="</style><img src=1 onerror=hit()>">',
  '<noscript><p title="</noscript><img src=x onerror=hit()>">',
  '<template><img src=x onerror=hit()></template><xmp><p title="</xmp><img src=x onerror=hit()>">',
  '<textarea><p title="</textarea><img src=x onerror=hit()>"></textarea><title><a title="</title><img src=x onerror=hit()>">',
  '<select><style></select><img src=x onerror=hit()></style>',
  '<p><font><p title="<img src=x onerror=hit()>"></font><listing>&lt;img src=x onerror=hit()&gt;</listing>',
  // The end of what it may stand in: attributes, scripts, comments, CDATA, titles.
  '" onmouseover="hit()" autofocus onfocus="hit()" x="',
  "' onmouseover='hit()' autofocus onfocus='hit()' x='",
  '` onmouseover=`hit()` autofocus onfocus=hit() x=`',
  '"><img src=x onerror=hit()>',
  "'><svg onload=hit()>",
  '</script><script>hit()</script>',
  '<!--<script>hit()//--></script><script>hit()</script>',
  '--><img src=x onerror=hit()><!--',
  '--!><img src=x onerror=hit()>',
  ']]><script>hit()</script><![CDATA[',
  '</title></style></textarea></noscript><img src=x onerror=hit()>',
  '\\"-hit()-\\";//\\u003c/script\\u003e\\u003cscript\\u003ehit()',
  '\u2028hit()\u2029//"+hit()+"',
  '&lt;script&gt;hit()&lt;/script&gt;&#60;img src=x onerror=hit()&#62;',
  '&amp;lt;img src=x onerror=hit()&amp;gt;',
  // Where the page would go, and what it would load from there.
  '<meta http-equiv=refresh content="0;url=javascript:hit()"><base href="https://evil.invalid/">',
  '<link rel=stylesheet href="https://evil.invalid/x.css"><style>@import "https://evil.invalid/x.css"</style>',
  '<p style="background:url(https://evil.invalid/x);width:expression(hit())">words</p>',
  '<img srcset="https://evil.invalid/x 2x" src="/favicon.svg"><picture><source srcset=https://evil.invalid/x></picture>',
  '<form action="javascript:hit()"><button formaction="javascript:hit()">x</button><input type=image src=x onerror=hit()></form>',
  '<a href="&#106;avascript&colon;hit()">x</a><a href="java&Tab;script:hit()">y</a><a href="\x01javascript:hit()">z</a>',
  '<a href="data:text/html,<script>hit()</script>">x</a><a href="vbscript:hit()">y</a><a href=" jAvAsCrIpT:hit()" ping="https://evil.invalid/">z</a>',
  '[x](javascript:hit()) [y](<java\tscript:hit()> "\\" onclick=hit()") ![z](https://evil.invalid/x"onerror=hit()) <javascript:hit()>',
  '+ADw-script+AD4-hit()+ADw-/script+AD4-',
  // Our own templates and logs.
  '<%= hit() %><%~ "<img src=x onerror=hit()>" %><% hit() %>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: other languages have it too
  '${hit()} {{constructor.constructor("hit()")()}} #{hit()} <?php hit() ?>',
  '__proto__ constructor \u001b]8;;javascript:hit()\u0007x\u001b[2J \u202e<img src=x onerror=hit()>',
]

/** Addresses that run, or that end what they stand in. */
export const addresses: readonly string[] = [
  'javascript:hit()',
  'java\nscript:hit()',
  ' \u0001javascript:hit()',
  'JaVaScRiPt:hit()//https://x.example/',
  'javascript://x.example/%0ahit()',
  'data:text/html,<script>hit()</script>',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="hit()"/>',
  'vbscript:hit()',
  'blob:https://x.example/1',
  'https://x.example/"onerror="hit()',
  "https://x.example/'onerror='hit()",
  'https://x.example/><img src=x onerror=hit()>',
  'https://x.example/</script><script>hit()</script>',
  'https://x.example/]]><script>hit()</script>',
  '//evil.invalid/x.png',
  '\\\\evil.invalid\\x.png',
  'https://me:secret@x.example/`onerror=hit()',
]
