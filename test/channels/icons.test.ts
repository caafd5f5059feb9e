import { existsSync, readFileSync } from 'node:fs'
import { imageSize } from 'image-size'
import { describe, expect, it } from 'vitest'
import { icons, smallIconSize } from '../../src/channels/icons.ts'

const fileOf = (path: string) => new URL(`../../public${path}`, import.meta.url)
const sizeOf = (path: string) => imageSize(readFileSync(fileOf(path)))

describe('our pictures', () => {
  it('are there, in the sizes that feeds want', () => {
    for (const path of Object.values(icons)) expect(existsSync(fileOf(path)), path).toBe(true)
    const small = sizeOf(icons.small)
    expect([small.width, small.height]).toEqual([smallIconSize, smallIconSize])
    expect(smallIconSize).toBeLessThanOrEqual(144)
    const logo = sizeOf(icons.logo)
    expect(logo.width).toBe(2 * logo.height)
    expect(sizeOf(icons.large).width).toBe(512)
  })

  it('are at /favicon.ico as bitmaps, since GTK reads no PNG in such a file', () => {
    const bytes = readFileSync(fileOf('/favicon.ico'))
    expect(sizeOf('/favicon.ico').images?.map(({ width }) => width)).toEqual([16, 32])
    expect(bytes.includes('PNG')).toBe(false)
  })
})
