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
  [
    'https://a.example/sites/default/files/2026/crane.jpg',
    'https://a.example/sites/default/files/styles/large_3_2/public/2026/crane.jpg?itok=xY1z',
  ],
  ['https://miro.medium.com/max/1200/1*cRaNe.png', 'https://cdn-images-1.medium.com/1*cRaNe.png'],
  [
    'https://miro.medium.com/max/1200/1*cRaNe.png',
    'https://miro.medium.com/v2/resize:fit:1400/1*cRaNe.png',
  ],
  [
    'https://cdn.example/fetch/$s_!x!,w_1200,h_675/https%3A%2F%2Fb.example%2Fpublic%2Fcrane_10x4.png',
    'https://cdn.example/fetch/w_1456,c_limit/https%3A%2F%2Fb.example%2Fpublic%2Fcrane_10x4.png',
  ],
  [
    'https://a.example/crane.jpg',
    'https://cdn.example/?url=https%3A%2F%2Fa.example%2Fcrane.jpg&w=9',
  ],
  ['https://a.example/crane.jpg', 'https://cdn.example/c/w=80/https://a.example/crane.jpg?v=2'],
  [
    'https://web.archive.org/web/20260413093000/https://a.example/crane.jpg',
    'https://web.archive.org/web/20260413093000im_/https://a.example/crane.jpg',
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
  [
    'https://cdn.example/w_9/https%3A%2F%2Fa.example%2F1.jpg',
    'https://cdn.example/w_9/https%3A%2F%2Fa.example%2F2.jpg',
  ],
  ['https://miro.medium.com/max/9/1*cRaNe.png', 'https://miro.medium.com/max/9/1*bOaT.png'],
  [
    'https://a.example/i?id=1&from=https://a.example/',
    'https://a.example/i?id=2&from=https://a.example/',
  ],
])('%s and %s are two', (one, other) => {
  expect(pictureKey(other)).not.toBe(pictureKey(one))
})
