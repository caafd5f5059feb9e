import { describe, expect, it } from 'vitest'
import { refusalOf, refusalOfIp } from '../../src/deliveries/safe-address.ts'

const notPublic = 'is not an address of the public internet'
const keys = 'is where a cloud keeps the keys of its machines'

describe('an address that a stranger names', () => {
  it.each([
    'https://reader.example/callback?id=1',
    'http://reader.example:8080/',
    'http://93.184.216.34/',
    'https://[2606:2800:220:1::1]/',
    'http://[::ffff:93.184.216.34]/',
  ])('may be %s', (url) => {
    expect(refusalOf(url, [])).toBeUndefined()
  })

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.0.0.1./',
    'http://%31%32%37.0.0.1/',
    'http://①②⑦.0.0.1/',
    'http://0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://198.18.0.1/',
    'http://203.0.113.5/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[::]/',
    'http://[::1]/',
    'http://[fe80::1]/',
    'http://[fc00::1]/',
    'http://[fec0::1]/',
    'http://[ff02::1]/',
    'http://[2001:db8::1]/',
  ])('may not be %s, which is of an inner network or of none', (url) => {
    expect(refusalOf(url, [])).toBe(notPublic)
  })

  it.each([
    ['mapped', 'http://[::ffff:127.0.0.1]/'],
    ['mapped, in hexadecimal', 'http://[::ffff:7f00:1]/'],
    ['compatible', 'http://[::127.0.0.1]/'],
    ['translated (RFC 2765)', 'http://[::ffff:0:127.0.0.1]/'],
    ['NAT64', 'http://[64:ff9b::7f00:1]/'],
    ['NAT64 of its own', 'http://[64:ff9b:1::7f00:1]/'],
    ['6to4', 'http://[2002:7f00:1::]/'],
    ['Teredo', 'http://[2001:0:7f00:1::]/'],
  ])('may not hide one of IPv4 within IPv6: %s', (_, url) => {
    expect(refusalOf(url, [])).toBe(notPublic)
  })

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://169.254.170.2/',
    'http://168.63.129.16/',
    'http://100.100.100.200/',
    'http://192.0.0.192/',
    'http://[fd00:ec2::254]/',
    'http://[fd20:ce::254]/',
    'http://[::ffff:a9fe:a9fe]/',
  ])('is never %s, whatever is opened', (url) => {
    expect(refusalOf(url, [])).toBe(keys)
    expect(refusalOf(url, ['0.0.0.0/0', '::/0'])).toBe(keys)
  })

  it.each(['localhost', 'localhost.', 'a.localhost', 'printer.local', 'db.internal', 'intranet'])(
    'has no name of an inner network: %s',
    (name) => {
      expect(refusalOf(`http://${name}/`, [])).toBe('has a name of an inner network')
      expect(refusalOf(`http://${name}/`, ['10.0.0.0/8'])).toBeUndefined()
    },
  )

  it.each([
    ['ftp://reader.example/', 'begins neither with http nor https'],
    ['file:///etc/passwd', 'begins neither with http nor https'],
    ['reader.example', 'is not an absolute address'],
    ['', 'is not an absolute address'],
    ['http://[fe80::1%25eth0]/', 'is not an absolute address'],
    ['http://me@reader.example/', 'contains a user name or password'],
    ['http://:secret@reader.example/', 'contains a user name or password'],
    ['http://reader.example:25/', 'has port 25, which is not for the web'],
    ['http://reader.example:22/', 'has port 22, which is not for the web'],
    ['http://reader.example:0/', 'has port 0, which is not for the web'],
    ['http://reader.example:6667/', 'has port 6667, which is not for the web'],
  ])('is not %s', (url, why) => {
    expect(refusalOf(url, [])).toBe(why)
  })

  it('may be of a network that is opened, and of no other', () => {
    const networks = ['127.0.0.0/8', 'fd12::/16']
    expect(refusalOf('http://127.3.2.1:8080/', networks)).toBeUndefined()
    expect(refusalOf('http://[::ffff:127.3.2.1]/', networks)).toBeUndefined()
    expect(refusalOf('http://[fd12::7]/', networks)).toBeUndefined()
    expect(refusalOf('http://10.0.0.1/', networks)).toBe(notPublic)
    expect(refusalOf('http://[fd13::7]/', networks)).toBe(notPublic)
  })
})

it('says of an address alone whether it may be connected to', () => {
  expect(refusalOfIp('93.184.216.34', [])).toBeUndefined()
  expect(refusalOfIp('fe80::1%eth0', [])).toBe(notPublic)
  expect(refusalOfIp('::ffff:10.0.0.1', ['10.0.0.0/8'])).toBeUndefined()
})
