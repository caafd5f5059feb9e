/** What those who publish call dates in the meta elements of their pages; in lower case. */

/** Of the publication, in the order in which they are believed. */
export const publishedNames = [
  'article:published_time',
  'article:published',
  'article:published_date',
  'og:article:published_time',
  'og:published_time',
  'og:pubdate',
  'og:publish_date',
  'og:regdate',
  'published_time',
  'datepublished',
  'date_published',
  'dateposted',
  'publishdate',
  'publish_date',
  'publish-date',
  'publish_time',
  'published-date',
  'published_date',
  'publisheddate',
  'publication_date',
  'originalpublicationdate',
  'article.published',
  'article.created',
  'article_date_original',
  'displaydate',
  'pubdate',
  'pdate',
  'ptime',
  'rbpubdate',
  'bt:pubdate',
  'vr:published_time',
  'parsely-pub-date',
  'sailthru.date',
  'shareaholic:article_published_time',
  'cxenseparse:recs:publishtime',
  'mediator_published_time',
  'rnews:datepublished',
  'citation_publication_date',
  'citation_date',
  'dc.date.issued',
  'dc.date.published',
  'dc.date.publication',
  'dcterms.issued',
]

/** Of the publication, or of the page that was made of it by a program. */
export const plainNames = [
  'dc.date.created',
  'dc.date',
  'dc.created',
  'dc:date',
  'dc:created',
  'dcterms.created',
  'dcterms.date',
  'date',
]

/** Of the page, as it may be, or of the file that it was made of. */
export const createdNames = [
  'datecreated',
  'date_created',
  'created',
  'release_date',
  'video:release_date',
]

/** Of the last change. */
export const updatedNames = [
  'article:modified_time',
  'article:modified',
  'article:modified_date',
  'og:article:modified_time',
  'og:modified_time',
  'og:updated_time',
  'datemodified',
  'dc.modified',
  'dcterms.modified',
  'bt:moddate',
  'lastmod',
  'last-modified',
  'lastmodified',
]
