/** The kinds of furniture that publishing systems name by classes. */
import type { Size } from '../lines/page-sizes.ts'
import { ofOthers } from './page-classes.ts'

/** Classes are compared whole. */
export interface Kind {
  readonly names: RegExp
  /** What part of the page's text those of a kind may have together; where they have more they are the story. */
  readonly most: number
  /** Whether an element of that name and size is none of the story. */
  readonly isIt?: (size: Size) => boolean
  /** Only between the heading and the text: further down it is that of an entry, as in a live blog. */
  readonly isAbove?: boolean
  /** Which of those that are only above stand further down as well. */
  readonly isBelowToo?: (size: Size) => boolean
  /** Only below the beginning of the text: above it they say who wrote it. */
  readonly isBelow?: boolean
  /** Whether those that say something, and neither ask nor lead anywhere, are the story's, everywhere or among its paragraphs. */
  readonly mayBeProse?: boolean | 'among'
  /** Whether only those are meant that ask a reader to sign in or to pay. */
  readonly asks?: boolean
  /** Whether it may show a picture: a portrait, or a cover. */
  readonly hasPicture?: boolean
  /** Whether an id says it as well; those of other kinds are made of headings. */
  readonly isInId?: boolean
}

const parts =
  '(?:article|block|body|content|entry|gh|jp|kg|news|page|post|site|story|td|theme|widget|wp|[a-z])'
const boxes =
  '(?:area|banner|bar|block|box|card|container|cta|form|inline|group|inner|items?|links?|list|modal|module|panel|prompt|root|section|signup|sign-up|unit|widget|wrap|wrapper)'
const word = (...names: string[]) =>
  new RegExp(`^(?:${parts}-)*(?:${names.join('|')})(?:-${boxes})*$`)

const isLine = ({ text }: Size) => text <= 200
const isShort = ({ text }: Size) => text <= 30
const isLinks = ({ text, linked }: Size) => linked * 2 >= text

const ofStory = '(?:article|entry|post|stor(?:y|ies))'

export const kinds: readonly Kind[] = [
  {
    names: word(
      '(?:[a-z]+-)*cookie-?(?:banner|bar|consent|hinweis|law|layer|message|notice|notification|overlay|policy|popup)',
      'gdpr-(?:banner|consent|notice|popup)',
      'onetrust[a-z-]*',
    ),
    // A post may be shorter than the notice.
    most: 1,
    isIt: ({ text }) => text <= 1000,
    mayBeProse: true,
  },
  {
    names: word(
      '(?:e?mail-)?newsletters?(?:-(?!body|issue|post|text)[a-z]+)?',
      'e?mail-?sign-?up',
      'sign-?up-(?:box|card|form)',
      '(?:[a-z]+-){0,3}subscri(?:be|ptions)(?:-modal-[a-z-]+)?',
      'subscription-(?:box|form)',
      'captioned-button',
      'kg-cta',
      '(?:post-)?end-cta(?:-[a-z]+)*',
      'feedback',
      'mailchimp',
      'mc-embed-signup',
      'call-to-action',
      'current-issue',
    ),
    most: 1 / 4,
    mayBeProse: true,
    hasPicture: true,
  },
  {
    names: word(
      '(?:is-)?hidden',
      'hide',
      'd-none',
      '(?:[a-z]+-){0,3}(?:pay-?wall|reg-?wall|sign-?in|log-?in|registration|premium|subscribers?|member(?:ship)?|upgrade|barrier|gate)(?:-(?:only|message|overlay|offer))?',
    ),
    // Of a story that is for subscribers there may be no more than its beginning.
    most: 1 / 2,
    asks: true,
    hasPicture: true,
  },
  {
    names: word(
      '(?:[a-z0-9]+-){0,3}author-?(?:bio(?:graphy)?|box|info|card|data|flyout|profile|description|about)',
      'about-(?:the-)?author',
      'bio-(?:box|container)',
      // Plugins of WordPress.
      'abh-box(?:-[a-z]+)?|m-a-box|saboxplugin-wrap|ts-fab-wrapper',
    ),
    most: 1 / 4,
    hasPicture: true,
  },
  {
    names: word(
      'ad-?(?:container|wrapper|slot|unit|label|text)',
      'adverts?|advertisement|advertising',
      'sponsored-(?:content|post|links?)',
      'legal-notice',
    ),
    most: 1 / 4,
    mayBeProse: true,
  },
  {
    names: word(
      '(?:advertiser|affiliate|editorial)-disclosure(?:-(?:body|heading|text|title))?',
      'disclaimer-box',
      '(?:js-)?tool-?tip-(?:content|text|inner|body)',
      'sr-only|screen-?reader(?:-text|-only)?|visually-?hidden|off-?screen',
      '(?:[a-z]+-){0,2}push-?notifications?(?:-[a-z]+)*',
    ),
    most: 1 / 4,
  },
  {
    // Below a story it says where that was printed from.
    names: word('print-only|printonly|visible-print'),
    most: 1 / 4,
    mayBeProse: 'among',
  },
  {
    names: word(
      'share|sharing|share-?(?:article|bar|buttons?|icons?|page|post|this|tools?)',
      'social(?:-?(?:buttons?|icons?|media|share|sharing|tools?))?',
      'sns-?(?:buttons|share|list)',
      '(?:article|story)-?tools?',
      'sharedaddy|addtoany[a-z-]*|addthis[a-z-]*|a2a-kit|heateor[a-z-]*|shariff(?:-[a-z-]+)?',
    ),
    most: 1 / 4,
    isIt: (size) => isLine(size) && (isLinks(size) || size.text <= 60),
  },
  {
    // One that shows a picture stays; this one is what its captions are left of.
    names: word('(?:[a-z]+-)*(?:gallery|slideshow|carousel)'),
    most: 1 / 2,
  },
  {
    // Signs on pictures, and how many there are.
    names: word(
      '(?:[a-z]+-)*(?:gallery|slideshow|carousel)-(?:count(?:er)?|index)',
      'magnif(?:ier|y)',
    ),
    most: 1 / 4,
    isIt: isShort,
  },
  {
    names: word(`(?:[a-z]+-){0,2}(?:article|entry|post)-author`, 'author-content'),
    most: 1 / 4,
    isBelow: true,
    hasPicture: true,
  },
  {
    // The themes that WordPress came with for years put it below each post.
    names: /^(?:post-?metadata|entry-utility)$/,
    most: 1 / 4,
    isBelow: true,
  },
  {
    names: word(`${ofStory}-?sources`, 'source-?list'),
    most: 1 / 4,
    isBelow: true,
    isIt: isLinks,
  },
  {
    names: word('(?:embedded-)?video-?(?:duration|head(?:er|ing|line)|kicker|meta|title)'),
    most: 1 / 4,
    isIt: isLine,
  },
  {
    // Those of other stories, with their pictures.
    names: /^(?:[a-z]+-){0,3}teasers?(?:-[a-z]+)*$|^not-prose$/,
    most: 1 / 2,
    isIt: isLinks,
    hasPicture: true,
  },
  {
    // Where readers may tell of a mistake.
    names: word(
      '(?:[a-z]+-){0,2}(?:report-?(?:an-?)?(?:error|issue|mistake|problem|typo|this)|(?:error|mistake|typo)-?report(?:ing|er)?|correction-?(?:form|request))',
      'article-report',
    ),
    most: 1 / 4,
    isIt: ({ text }) => text <= 500,
  },
  {
    names: word('bottalk|read-?aloud|text-to-speech|read-?speaker'),
    most: 1 / 4,
  },
  {
    // How many readers there are, and what they think.
    names: word(
      '(?:kk-)?star-ratings?|(?:post-)?ratings|post-views',
      'no-comments|comment-(?:notes|respond|reply)|disqus[a-z-]*|dsq-[a-z-]+',
      '(?:is-)?last-updated?|(?:reading|scroll)-progress',
    ),
    most: 1 / 4,
    isIt: isLine,
  },
  {
    names: word(
      '(?:[a-z]+-){0,2}toc(?:-(?:v[0-9-]+|[a-z]+))*',
      'lwptoc(?:-[a-z]+)*',
      'table-of-contents(?:-[a-z]+)*',
      'on-this-page',
      // And of the notes of a garden that lead to this one.
      'backlinks',
    ),
    most: 1 / 4,
    isIt: ({ text, linked }) => linked * 3 >= text,
    isInId: true,
  },
  {
    names: word(
      'related(?:-?(?:articles?|content|coverage|entries|news|posts?|reading|stor(?:y|ies)|topics?|videos?))?',
      'jp-relatedposts|yarpp(?:-[a-z-]+)?',
      `(?:${ofOthers})(?:-[a-z]+)*`,
      'read-?(?:more|also|next)|also-?read|see-also',
      'recommend(?:ed|ations?)?(?:-(?:articles?|posts?|stor(?:y|ies)))?',
      '(?:popular|recent)-(?:posts|stories|articles)|trending|you-may-(?:also-)?like|up-next',
      'outbrain[a-z-]*|taboola[a-z-]*|rollover-block',
      'bread-?crumbs?',
      'post-?nav(?:igation)?|next-prev|prev-next|pag(?:ination|inav|er)|nav-(?:previous|next)',
      '(?:article|entry|post)?-?tags?-?(?:list|links)|tagcloud|(?:article|entry|post)-tags|tags|field-name-field-tags',
    ),
    most: 1 / 2,
    isIt: isLinks,
  },
  {
    names: word('date-?line', `${ofStory}-?meta(?:data)?`, 'posted-on'),
    most: 1 / 4,
    isIt: isLine,
    isAbove: true,
    // What the post is filed under.
    isBelowToo: isLinks,
    mayBeProse: true,
  },
  {
    names: word(
      'timestamp|time-stamp|(?:full-)?date-?time|(?:[a-z]+-)*tarihi?',
      '(?:[a-z]+-)*publication-date|pub-?date|publish(?:ed)?-?(?:date|time|on)|date-(?:published|posted|header)|meta-date',
      `${ofStory}-?(?:date|time|timestamp)`,
      'byline(?:-[a-z]+)?',
      'submitted(?:-[a-z]+)?',
      'reading-time|read-time',
    ),
    most: 1 / 4,
    isIt: isLine,
    isAbove: true,
  },
]

/** Any of them: most elements are named as none. */
export const anyName = new RegExp(kinds.map(({ names }) => names.source).join('|'))
