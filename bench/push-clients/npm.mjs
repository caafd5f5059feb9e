// pubsubhubbub of npm, as its manual has it: npm.mjs NAME, in the folder where it is installed. See README.md for what it is told and prints.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

const { TOPIC, CALLBACK, SECRET } = process.env
const require = createRequire(`${process.cwd()}/`)
const print = (event) => console.log(JSON.stringify(event))

const { headers } = await fetch(TOPIC)
const link = (rel) => headers.get('link').match(`<([^>]*)>; *rel="${rel}"`)[1]
const options = { callbackUrl: `${CALLBACK}/`, ...(SECRET && { secret: SECRET }) }
const client = require(process.argv[2]).createServer(options)
const send = (mode) => client[mode](link('self'), link('hub'))
client.on('denied', ({ error }) => print({ is: 'denied', text: String(error) }))
client.on('error', (error) => print({ is: 'error', text: String(error) }))
client.on('subscribe', () => print({ is: 'subscribe' }))
client.on('unsubscribe', () => print({ is: 'unsubscribe' }))
client.on('feed', ({ feed }) => print({ is: 'content', text: feed.toString() }))
client.on('listen', () => send('subscribe'))
const { hostname, port } = new URL(CALLBACK)
client.listen(Number(port), hostname)
createInterface(process.stdin).on('line', (line) =>
  send(line === 'renew' ? 'subscribe' : 'unsubscribe'),
)
