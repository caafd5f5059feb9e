/** How each reader is started: shell, in the folder of what was installed, with the feed at $URL. */

export interface Reader {
  readonly name: string
  /** Fails where the reader is not installed. */
  readonly version: string
  /** Prints the items as JSON, or, of a client, what it got; remembers what it wants to in $STATE. */
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
  npm('rss-feed-emitter'),
  npm('rss-to-json'),
  npm('@extractus/feed-extractor'),
  npm('feedsmith'),
]

const java = `class Get { public static void main(String[] all) throws Exception {
  new java.net.URL(all[0]).openStream().transferTo(System.out); } }`
const go = `package main; import ("io"; "net/http"; "os")
func main() { got, _ := http.Get(os.Args[1]); io.Copy(os.Stdout, got.Body) }`
const csharp = `class Get { static void Main(string[] all) {
  System.Console.Write(new System.Net.WebClient().DownloadString(all[0])); } }`
const source = (text: string, file: string) => `echo '${text}' > "$STATE/${file}"`

/** What cannot be installed everywhere is known by what it sends. */
const powershell = (version: string) =>
  reader(
    version,
    'curl -V > /dev/null && echo by its headers',
    `curl -s -H Accept: -A 'Mozilla/5.0 (Windows NT 10.0; en-US) ${version}' "$URL"`,
  )

/** Those that only get what is at an address. */
export const clients: readonly Reader[] = [
  reader('curl', 'curl -V | cut -d " " -f 2 | head -1', 'curl -s "$URL"'),
  reader('wget', debian('wget'), 'wget -qO- "$URL"'),
  reader('LWP (Perl)', debian('libwww-perl'), `perl -MLWP::Simple -e 'getprint(shift)' "$URL"`),
  reader('file_get_contents (PHP)', debian('php-cli'), `php -r 'readfile($argv[1]);' "$URL"`),
  reader('open-uri (Ruby)', debian('ruby'), `ruby -r open-uri -e 'print URI(ARGV[0]).read' "$URL"`),
  reader(
    'urllib (Python)',
    debian('python3'),
    `python3 -c 'import sys; from urllib.request import *; print(urlopen(sys.argv[1]).read().decode())' "$URL"`,
  ),
  reader(
    'java.net.URL (JDK)',
    debian('default-jdk-headless'),
    `${source(java, 'Get.java')} && java "$STATE/Get.java" "$URL"`,
  ),
  reader(
    'net/http (Go)',
    debian('golang-go'),
    `${source(go, 'get.go')} && go run "$STATE/get.go" "$URL"`,
  ),
  reader(
    'WebClient (.NET, by mono)',
    debian('mono-mcs'),
    `${source(csharp, 'get.cs')} && mcs -out:"$STATE/a.exe" "$STATE/get.cs" && mono "$STATE/a.exe" "$URL"`,
  ),
  reader(
    'fetch (Node)',
    'node -p process.version',
    `node -e 'fetch(process.argv[1]).then((got) => got.text()).then(console.log)' "$URL"`,
  ),
  reader(
    'axios (npm)',
    npmVersion('axios'),
    `node -e 'require("axios").get(process.argv[1], { responseType: "text" }).then((got) => console.log(got.data))' "$URL"`,
  ),
  powershell('WindowsPowerShell/5.1.19041.1320'),
  powershell('PowerShell/7.4.6'),
]
