/** The URL path of the file that shows who owns the site, below BASE_URL: engines take pages beside it and below. */
export const keyPath = (key: string) => `/${key}.txt`
