/** Whoever has an IPv6 address has its /64 (RFC 4291 §2.5.4), and may use any address of it. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip
  const [start = '', end] = ip.split('::')
  const groups = start === '' ? [] : start.split(':')
  // What `::` leaves out are zeros.
  const zeros = end === undefined ? 0 : 8 - groups.length - (end === '' ? 0 : end.split(':').length)
  return [...groups, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...(end ?? '').split(':')]
    .slice(0, 4)
    .join(':')
}
