/**
 * The one table of the keys of front matter: what we call each, and what Jekyll, Hugo, Eleventy, Astro, Zola, Pelican,
 * Obsidian, Hexo, Ghost and exporters of WordPress do. Capitals, hyphens and underscores do not matter.
 */

/** Of several names of one that a file has, the one that stands first counts. docs/formats.md shows them. */
export const keys = {
  title: 'title headline post_title',
  summary:
    'summary excerpt custom_excerpt post_excerpt dek standfirst description abstract subtitle meta_description lead',
  date:
    'date published pubDate publishDate published_at published_date published_on publish datePublished post_date ' +
    'posted_on date_published pubDatetime datetime published_time created created_at created_on creation_date create_date date_created',
  updated:
    'updated update lastmod last_mod modified last_modified_at last_modified date_modified modified_at modified_date ' +
    'updated_at updated_on modDatetime updatedDate update_date date_updated last_update last_updated post_modified modify_date revised',
  expires:
    'expires expiry expiryDate expires_at expiration_date unpublishDate unpublish_date valid_until',
  section: 'section category',
  categories: 'categories',
  tags: 'tags tag labels topics',
  keywords: 'keywords',
  authors: 'authors author byline by writer creator post_author primary_author written_by',
  language: 'language lang locale',
  image:
    'image images cover cover_image featured_image feature_image featured thumbnail thumb hero hero_image header ' +
    'header_image header_img banner banner_image post_image main_image lead_image preview_image og_image ' +
    'social_image share_image teaser_image photo picture img',
  alt:
    'image_alt alt alt_text cover_alt cover_image_alt hero_alt hero_image_alt featured_image_alt feature_image_alt ' +
    'thumbnail_alt banner_alt',
  caption:
    'image_caption caption cover_caption cover_image_caption hero_caption hero_image_caption ' +
    'featured_image_caption feature_image_caption thumbnail_caption banner_caption',
  credit:
    'image_credit photo_credit cover_credit hero_credit featured_image_credit cover_image_credit photographer',
  audio: 'audio audio_url audio_file enclosure podcast_url',
  source: 'source publisher',
  canonical: 'canonical canonical_url canonical_link original_url',
  draft: 'draft is_draft private',
  public: 'dg_publish is_published',
  password: 'password',
  status: 'status post_status visibility',
  unlisted: 'unlisted is_unlisted hidden exclude_from_collections eleventyExcludeFromCollections',
  slug: 'slug post_slug post_name basename',
  aliases: 'aliases alias redirect_from redirects old_urls',
  address: 'permalink url path',
  guid: 'guid',
  id: 'id',
  tables: 'taxonomies extra params',
} as const

export type Field = keyof typeof keys

/** What tells programs how to lay out a page, and readers nothing: no note says that it is passed over. */
const silent =
  'layout template type kind weight order menu nav_order parent has_children comments comment comments_id disqus toc ' +
  'show_toc table_of_contents math mathjax katex mermaid sitemap robots noindex post_id wordpress_id wp_id ' +
  'wordpress_url link_title markup output outputs pin pinned sticky search show_date show_reading_time related css js ' +
  'scripts styles classes class body_class page_class author_profile read_time share ping_status comment_status ' +
  'in_search_index date_format sidebar hide_title icon emoji cssclass cssclasses publish_on_web reading_time ' +
  'series abbrlink isCJKLanguage featured_image_width featured_image_height disqus_identifier disqus_title disqus_url disqus_id ' +
  'meta meta_title seo seo_title og_title og_description twitter_title twitter_description twitter_image ' +
  'author_login author_email author_url author_link date_gmt post_date_gmt license lightgallery ' +
  'hidden_from_home_page featured_image_preview ' +
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

/** The smaller, the sooner it counts among those of its field. */
export const rankOf = (key: string): number => fields.get(foldedKey(key))?.rank ?? 0

export const isSilent = (key: string) => silentKeys.has(foldedKey(key))
