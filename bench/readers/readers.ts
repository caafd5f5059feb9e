/** How each reader is started: shell, in the folder of what was installed, with the feed at $URL. */

export interface Reader {
  readonly name: string
  /** Fails where the reader is not installed. */
  readonly version: string
  /** Prints the items as JSON; remembers what it wants to in $STATE. */
  readonly command: string
}

const reader = (name: string, version: string, command: string): Reader => {
  return { name, version, command }
}
const debian = (name: string) => `dpkg-query -W -f '\${Version}' ${name}`

const python = (name: string, from = name) =>
  reader(name, debian(from), `/usr/bin/python3 "$HERE/python.py" ${name} "$URL" "$STATE"`)

const npmVersion = (name: string) =>
  `node -p 'JSON.parse(fs.readFileSync("node_modules/${name}/package.json")).version'`
const npm = (name: string) =>
  reader(`${name} (npm)`, npmVersion(name), `node "$HERE/npm.mjs" ${name} "$URL"`)

const jars = ['rome', 'rome-utils', 'jdom2', 'slf4j-api', 'slf4j-nop']
const rome = `java -cp ${jars.map((name) => `/usr/share/java/${name}.jar`).join(':')}`
const ruby = 'ruby -I feedjira/lib -I sax-machine/lib "$HERE/ruby.rb"'
const compiled = '"$STATE/a.exe" -r:System.ServiceModel "$HERE/Syndication.cs"'

export const readers: readonly Reader[] = [
  python('newsboat'),
  python('sfeed'),
  python('rss2email'),
  python('feedparser', 'python3-feedparser'),
  python('podcastparser', 'python3-podcastparser'),
  reader('ROME (Java)', debian('librome-java'), `${rome} "$HERE/Rome.java" "$URL"`),
  reader(
    'gofeed (Go)',
    debian('golang-github-mmcdole-gofeed-dev'),
    'GO111MODULE=off GOPATH=/usr/share/gocode go run "$HERE/gofeed.go" "$URL"',
  ),
  reader(
    'SimplePie (PHP)',
    `sed -n 's/^## .\\([0-9.]*\\)\\].*/\\1/p' simplepie/CHANGELOG.md | grep -m1 .`,
    'cd simplepie && php "$HERE/simplepie.php" "$URL" "$STATE"',
  ),
  reader('XML::Feed (Perl)', debian('libxml-feed-perl'), 'perl "$HERE/xmlfeed.pl" "$URL"'),
  reader('rss (Ruby)', 'ruby -r rss -e "print RSS::VERSION"', `${ruby} rss "$URL"`),
  reader(
    'feedjira (Ruby)',
    'ruby -I feedjira/lib -r feedjira/version -e "print Feedjira::VERSION"',
    `${ruby} feedjira "$URL"`,
  ),
  reader(
    'Syndication (.NET, by mono)',
    debian('mono-mcs'),
    `mcs -out:${compiled} && mono "$STATE/a.exe" "$URL"`,
  ),
  npm('rss-parser'),
  npm('feedparser'),
  npm('rss-to-json'),
  npm('@extractus/feed-extractor'),
  npm('feedsmith'),
]
