import { expect, test } from 'vitest'
import { pictureKey } from '../src/same-picture.ts'

test.each([
  ['https://a.example/2026/crane.jpg', 'https://a.example/2026/crane-1024x683.jpg'],
  ['https://a.example/crane.jpg', 'http://a.example/crane-scaled.jpg?ver=3#x'],
  ['/media/crane.png', '/media/crane@2x.png'],
  ['/media/crane.jpg', '/media/crane_hu_3f2a9c81d0e4b7.jpg'],
  ['/media/crane.jpg', '/media/crane_hu8d1f2a3b_51342_600x0_resize_q75_box.jpg'],
  ['https://a.example/crane.jpg?w=640', 'https://a.example/crane.jpg?w=1024&h=5'],
  ['https://a.example/image?id=5&w=640', 'https://a.example/image?id=5&w=1024'],
  ['https://a.example/i.php?w=1&id=5', 'https://a.example/i.php?id=5'],
  ['https://a.example/crane.jpg', 'https://i0.wp.com/a.example/crane.jpg?resize=9%2C9'],
  ['https://a.example/crane-300x200.jpg', 'https://a.example/crane-300x200.jpg.webp'],
  [
    'https://a.example/content/images/2026/crane.jpg',
    'https://a.example/content/images/size/w1000/2026/crane.jpg',
  ],
])('%s and %s are one picture', (one, other) => {
  expect(pictureKey(other)).toBe(pictureKey(one))
})

test.each([
  ['https://a.example/crane.jpg', 'https://a.example/crane2.jpg'],
  ['https://a.example/crane.jpg', 'https://b.example/crane.jpg'],
  ['https://a.example/1/crane.jpg', 'https://a.example/2/crane.jpg'],
  ['https://a.example/crane.jpg', 'https://a.example/crane.png'],
  ['https://a.example/image?id=5', 'https://a.example/image?id=6'],
  ['/media/2026-01.jpg', '/media/2026-02.jpg'],
  ['/media/route-66.jpg', '/media/route-67.jpg'],
])('%s and %s are two', (one, other) => {
  expect(pictureKey(other)).not.toBe(pictureKey(one))
})
