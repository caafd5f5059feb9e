/**
 * The one table of the keys of front matter: what we call each, and what Jekyll, Hugo, Eleventy, Astro, Zola, Pelican,
 * Obsidian, Hexo, Ghost and exporters of WordPress do. Capitals, hyphens and underscores do not matter.
 */

/** Of several names of one that a file has, the one that stands first counts. docs/formats/markdown.md shows them. */
export const keys = {
  title: 'title post_title headline name',
  summary:
    'summary excerpt custom_excerpt post_excerpt dek deck standfirst lede lead intro description desc abstract meta_description ' +
    'spoiler',
  /** A line that stands below the title, beside a summary. */
  subtitle: 'subtitle sub_title subheading tagline',
  date:
    'date published pubDate publishDate published_at published_date publish datePublished post_date pubDatetime ' +
    'published_on publication_date date_published date_posted posted posted_on posted_at created created_at creation_date date_created',
  updated:
    'updated update lastmod modified last_modified_at last_modified date_modified updated_at modDatetime updatedDate update_date ' +
    'date_updated last_update last_updated post_modified last_update_date last_updated_date last_updated_at last_edited ' +
    'last_modified_date last_modified_time modified_at modified_date modified_time updated_date updated_time updated_on ' +
    'update_time edited edited_at revised revision_date',
  expires: 'expires expiryDate expiration_date unpublishDate',
  section: 'section category',
  categories: 'categories',
  tags: 'tags tag labels topics',
  keywords: 'keywords',
  authors: 'authors author byline by writers writer post_author primary_author guest_author guest',
  translators: 'translators translator translated_by',
  editors: 'editors editor edited_by',
  language: 'language lang locale',
  image:
    'image images cover cover_image featured_image feature_image featured thumbnail hero hero_image header header_img ' +
    'banner post_image og_image social_image preview_image img',
  /** Files of an article by what they are for (Hugo). */
  resources: 'resources',
  /** A picture or a summary, as it happens. */
  preview: 'preview teaser',
  alt: 'image_alt alt alt_text cover_alt cover_image_alt featured_image_alt feature_image_alt hero_image_alt',
  caption:
    'image_caption caption cover_caption cover_image_caption featured_image_caption feature_image_caption',
  credit: 'image_credit photo_credit',
  audio: 'audio enclosure',
  source: 'source publisher',
  canonical: 'canonical canonical_url',
  /** What an article is about elsewhere. */
  linked: 'external_url external_link link_url link redirect_to',
  draft:
    'draft is_draft private entwurf ist_entwurf brouillon borrador bozza rascunho taslak черновик مسودة',
  unready:
    'wip unpublished do_not_publish not_for_publication hold on_hold confidential internal internal_only',
  public:
    'dg_publish is_published public is_public ready is_ready ready_to_publish ready_for_publication ' +
    'approved is_approved final is_final',
  /** Until when nobody may show it. */
  embargo:
    'embargo embargoed embargo_until embargoed_until embargo_date not_before publish_after publish_on publish_at go_live ' +
    'live_from scheduled_for',
  password: 'password',
  status:
    'status post_status visibility state workflow workflow_status workflow_state stage editorial_status publication_status ' +
    'publishing_status publish_status review_status content_status article_status statut estado stato durum статус الحالة',
  /** Whether Hugo makes a page of it, and lists it. */
  build: 'build _build',
  unlisted: 'unlisted hidden eleventyExcludeFromCollections',
  slug: 'slug post_slug post_name basename',
  aliases: 'aliases alias redirect_from',
  address: 'permalink url path',
  guid: 'guid',
  id: 'id',
  tables: 'taxonomies extra params',
  /** Tables for programs that show an article elsewhere: of what they say, the summary and the picture count. */
  previews: 'seo og open_graph social meta',
} as const

export type Field = keyof typeof keys

/** What tells programs how to lay out a page, and readers nothing: no note says that it is passed over. */
const silent =
  'layout template type kind weight order menu nav_order parent has_children comments comment disqus toc show_toc ' +
  'math mathjax katex mermaid sitemap robots noindex post_id wordpress_id wp_id wordpress_url link_title markup ' +
  'output outputs pin pinned sticky search related classes author_profile read_time share ping_status comment_status ' +
  'in_search_index sidebar icon emoji cssclass cssclasses reading_time series abbrlink isCJKLanguage ' +
  'featured_image_width featured_image_height featured_image_preview disqus_identifier disqus_title disqus_url ' +
  'meta_title seo_title og_title og_description twitter_title twitter_description twitter_image ' +
  'author_login author_email author_url date_gmt post_date_gmt license lightgallery hidden_from_home_page ' +
  'post_format post_type menu_order ghost_id uuid dsq_thread_id'

/** Keys that are equal in this form are one. */
export const foldedKey = (key: string) => key.toLowerCase().replace(/[-_ ]/g, '')

const fields = new Map<string, { readonly field: Field; readonly rank: number }>()
for (const [field, names] of Object.entries(keys)) {
  for (const [rank, name] of names.split(' ').entries()) {
    fields.set(foldedKey(name), { field: field as Field, rank })
  }
}
const silentKeys = new Set(silent.split(' ').map(foldedKey))

/** What a key means; undefined when it means nothing here. */
export const fieldOf = (key: string): Field | undefined => fields.get(foldedKey(key))?.field

/** Of keys that are not in the table. */
const lastRank = 1000

/** The smaller, the sooner it counts among those of its field. */
export const rankOf = (key: string): number => fields.get(foldedKey(key))?.rank ?? lastRank

export const isSilent = (key: string) => silentKeys.has(foldedKey(key))

const pictureKey = /image|img|picture|photo|cover|thumb|banner|hero|splash|background|^bg/
const ofOthers = /author|avatar|logo|icon|alt|caption|credit/

/** Whether a key that is not in the table names a picture by what it is called: `bgImage`, `thumbnail_path`. */
export const isPictureKey = (key: string) =>
  pictureKey.test(foldedKey(key)) && !ofOthers.test(foldedKey(key)) && !isSilent(key)
