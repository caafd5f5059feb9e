/** How each subscriber and each hub is started: shell, in the folder of what was installed. README.md says what it is told. */

export interface Program {
  readonly name: string
  /** Fails where it is not installed. */
  readonly version: string
  readonly command: string
}

export interface Client extends Program {
  /** Whether it is given a secret, by which it knows who has signed. */
  readonly takesSecret: boolean
  /** Whether it can be told to subscribe again. */
  readonly renews: boolean
  readonly readsJson: boolean
}

const checkout = (folder: string) => `git -C ${folder} log -1 --format=%cs`
const npmVersion = (name: string) =>
  `node -p 'JSON.parse(fs.readFileSync("node_modules/${name}/package.json")).version'`
const python = (part: string) => `/usr/bin/python3 "$HERE/flask_websub.py" ${part}`
/** Of Debian's packages, and of what was fetched into a GOPATH. */
const go = (file: string) =>
  `GO111MODULE=off GOPATH="$PWD/go:/usr/share/gocode" go build -o "$STATE/a" "$HERE/${file}" && exec "$STATE/a"`

const client = (
  name: string,
  version: string,
  command: string,
  { takesSecret = true, renews = true, readsJson = true } = {},
): Client => ({ name, version, command, takesSecret, renews, readsJson })

const freshRss = `sed -n "s/^const FRESHRSS_VERSION = '\\(.*\\)';/\\1/p" FreshRSS/constants.php | grep .`

export const clients: readonly Client[] = [
  client('FreshRSS (PHP)', freshRss, 'exec "$NODE" "$HERE/freshrss.mjs"', {
    ...{ takesSecret: false, readsJson: false },
  }),
  client(
    'pubsubhubbub (npm)',
    npmVersion('pubsubhubbub'),
    'exec "$NODE" "$HERE/npm.mjs" pubsubhubbub',
    { takesSecret: false },
  ),
  client(
    'pubsubhubbub 0 (npm)',
    npmVersion('pubsubhubbub-0'),
    'exec "$NODE" "$HERE/npm.mjs" pubsubhubbub-0',
  ),
  // It takes none over http.
  client('Flask-WebSub (Python)', checkout('Flask-WebSub'), `exec ${python('subscriber')}`, {
    takesSecret: false,
  }),
  client(
    'go-websub (Go)',
    checkout('go/src/github.com/notnotquinn/go-websub'),
    go('subscriber.go'),
    { renews: false },
  ),
  client(
    'Plack::App::PubSubHubbub::Subscriber (Perl)',
    checkout('Plack-App-PubSubHubbub-Subscriber'),
    'exec perl "$HERE/plack.pl"',
    { takesSecret: false },
  ),
]

export const hubs: readonly Program[] = [
  {
    name: 'Flask-WebSub (Python)',
    version: checkout('Flask-WebSub'),
    command: `exec ${python('hub')}`,
  },
  {
    name: 'go-websub (Go)',
    version: checkout('go/src/github.com/notnotquinn/go-websub'),
    command: go('hub.go'),
  },
  {
    name: 'websub-server (Go)',
    version: checkout('go/src/meow.tf/websub'),
    command: go('server.go'),
  },
]
