/** Pages as a host of files has them, which answers no searches: without what the live server's have to search with. */
export const withoutSearching = (page: Buffer) =>
  Buffer.from(
    page
      .toString()
      .replace(/<form class="find.*?<\/form>\n/gs, '')
      .replace(/<script src="[^"]*preview\.js[^"]*" defer><\/script>\n/, '')
      .replace(/<section aria-labelledby="choose">.*?<\/section>\n/s, ''),
  )
