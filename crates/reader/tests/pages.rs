//! Pages as readers see them: what is the article, and what stands around it.

use chancery_reader::{Page, page};

const LEAD: &str =
    "Ruritania and Borduria signed a treaty of friendship in Strelsau on Monday, after years of talks.";
const FIRST: &str =
    "The foreign ministers of both countries called it the end of a long quarrel over the river Drin.";
const SECOND: &str =
    "Parliament in Szohôd must still ratify the treaty, and the opposition has said that it will not.";

fn check(html: &str, expected: &[&str]) {
    assert_eq!(page(html, None).text.split("\n\n").collect::<Vec<_>>(), expected, "{html}");
}

/// A page with an article of three paragraphs, and something between the second and the third.
fn article(within: &str) -> String {
    format!(
        "<div class='post'><h1>Treaty signed</h1><p>{LEAD}</p><p>{FIRST}</p>{within}<p>{SECOND}</p></div>"
    )
}

fn check_dropped(within: &str) {
    check(&article(within), &[LEAD, FIRST, SECOND]);
}

fn check_kept(within: &str, text: &str) {
    check(&article(within), &[LEAD, FIRST, text, SECOND]);
}

#[test]
fn menus_and_footers_are_left_out() {
    let menu = "<nav><a href=/>Home</a> News of the day</nav>";
    let footer = "<footer>The Strelsau Post, 1 Castle Street</footer>";
    check(&format!("{menu}{}{footer}", article("")), &[LEAD, FIRST, SECOND]);
    check_dropped("<div role='navigation'>Home and abroad</div>");
    check_dropped("<div style='display: none'>Nobody sees this line.</div>");
    check_dropped("<script>var a = '<p>no text</p>';</script><noscript>Please allow scripts.</noscript>");
}

#[test]
fn names_tell_furniture() {
    let named = |name: &str| format!("<div class='{name}'>The queen opened the fair.</div>");
    for name in
        ["share-buttons", "relatedArticles", "newsletter_box", "post-tags", "more-stories", "sidebar2"]
    {
        check_dropped(&named(name));
    }
    for name in ["has-sidebar", "category-newsletter", "paragraph", "stories", "adage", "more x stories"] {
        check_kept(&named(name), "The queen opened the fair.");
    }
}

#[test]
fn a_name_is_not_believed_of_the_whole_article() {
    check(&format!("<div class='widget'>{}</div>", article("")), &[LEAD, FIRST, SECOND]);
    check(&format!("<div class='comments-page'>{}</div>", article("")), &[LEAD, FIRST, SECOND]);
}

#[test]
fn comments_are_left_out_however_many() {
    let comment =
        "<p>I was in Strelsau that day, and I can tell you that nobody there believes a word of this.</p>";
    let html = format!("{}<div id='comments'>{}</div>", article(""), comment.repeat(40));
    check(&html, &[LEAD, FIRST, SECOND]);
}

#[test]
fn teasers_link_to_other_pages_and_leads_do_not() {
    check_dropped("<div class='teaser'><a href='/fair'>The fair</a> was opened by the queen.</div>");
    check_kept(
        "<div class='teaser'>The fair was opened by the queen.</div>",
        "The fair was opened by the queen.",
    );
}

#[test]
fn the_lead_set_apart_is_kept_and_the_byline_is_not() {
    let head = format!("<header><h1>Treaty signed</h1><p>{LEAD}</p><p>By Rudolf Rassendyll</p></header>");
    let html =
        format!("<article>{head}<div class='article-body'><p>{FIRST}</p><p>{SECOND}</p></div></article>");
    check(&html, &[LEAD, FIRST, SECOND]);
}

#[test]
fn lines_of_links_are_left_out_and_sentences_with_links_kept() {
    check_dropped("<ul><li><a href='/fair'>The fair is open</a><li><a href='/king'>The king is ill</a></ul>");
    let text = "The treaty, which the king signed, has twelve articles.";
    check_kept("<p>The <a href='/t'>treaty</a>, which the king signed, has twelve articles.</p>", text);
}

#[test]
fn an_article_ends_where_its_closing_line_stands() {
    let end = |line: &str| {
        article("").replace("</div>", &format!("<h3>{line}</h3><p>The queen opened the fair.</p></div>"))
    };
    for line in ["Leave a Reply", "Related articles", "Über den Autor", "Das könnte Sie auch interessieren"]
    {
        check(&end(line), &[LEAD, FIRST, SECOND]);
    }
    let heading = "Related articles of the treaty were struck out by the king himself in the last night";
    check(&end(heading), &[LEAD, FIRST, SECOND, heading, "The queen opened the fair."]);
}

#[test]
fn pitches_to_readers_are_left_out() {
    check_dropped("<p>Sign up for our morning briefing.</p>");
    check_dropped("<p>Advertisement</p><p>Read more...</p>");
    check_kept("<p>Signing up for the fair has begun.</p>", "Signing up for the fair has begun.");
}

#[test]
fn captions_are_left_out_and_quotations_lists_and_headings_kept() {
    check_dropped("<figure><img src=x><figcaption>The castle of Strelsau at night.</figcaption></figure>");
    check_kept("<blockquote>We shall see.</blockquote>", "We shall see.");
    check_kept("<h2>What the treaty says</h2>", "What the treaty says");
    check_kept("<ul><li>Free passage on the Drin</ul>", "Free passage on the Drin");
}

#[test]
fn date_lines_above_the_article_are_left_out_and_years_in_it_kept() {
    check(&article("").replace("<h1>", "<p>14 March 2022, 10:15</p><h1>"), &[LEAD, FIRST, SECOND]);
    check_kept("<p>14 March 2022</p>", "14 March 2022");
}

#[test]
fn bylines_and_titles_above_the_article_are_left_out() {
    let page = article("").replace("<h1>", "<p>Treaty signed</p><p>Home: Treaty signed</p><h1>");
    check(&format!("<title>Treaty signed</title>{page}"), &[LEAD, FIRST, SECOND]);
    let byline = "<p>Rudolf Rassendyll in Strelsau</p>";
    let author = "<meta name=author content='Rudolf Rassendyll'>";
    let above = article("").replace(&format!("<p>{FIRST}"), &format!("{byline}<p>{FIRST}"));
    check(&format!("{author}{above}"), &[LEAD, FIRST, SECOND]);
    let within = format!("{author}{}", article(byline));
    check(&within, &[LEAD, FIRST, "Rudolf Rassendyll in Strelsau", SECOND]);
}

#[test]
fn the_article_that_json_ld_repeats_tells_where_it_ends() {
    let more = "<p>The Post has told its readers about the affairs of Ruritania for a hundred years.</p>";
    let html = article("").replace("</div>", &format!("{more}</div>"));
    let told = |text: &str| {
        let ld = format!("{{\"@type\": \"NewsArticle\", \"articleBody\": \"{text}\"}}");
        page(&format!("<script type='application/ld+json'>{ld}</script>{html}"), None).text
    };
    assert!(told(&format!("{LEAD} {FIRST} {SECOND}")).ends_with(SECOND));
    assert!(told(LEAD).ends_with("for a hundred years."), "a summary tells nothing");
}

#[test]
fn forms_are_left_out_unless_the_page_is_one() {
    check_dropped("<form><label>Your vote on the treaty</label></form>");
    check(&format!("<form>{}</form>", article("")), &[LEAD, FIRST, SECOND]);
}

#[test]
fn space_and_entities_are_read_as_a_browser_shows_them() {
    let text = "Cats & dogs of Strelsau — all.";
    check_kept("<p>Cats&nbsp;&amp;\n   dogs <b>of</b>  Strel&shy;sau &#8212; all.</p>", text);
    check_kept("<p>One<br>two</p>", "One\ntwo");
    check(&article("<p>One.<br><br>Two.</p>"), &[LEAD, FIRST, "One.", "Two.", SECOND]);
}

#[test]
fn broken_markup_is_read_as_far_as_it_goes() {
    check(&format!("<p>{LEAD}<p>{FIRST}</span></b></p></div><p>{SECOND}"), &[LEAD, FIRST, SECOND]);
    check(&format!("<head><title>x</title><p>{LEAD}<p>{FIRST}"), &[LEAD, FIRST]);
    check(&format!("<table><tr><td><a href=x><p>Home</a><td><p>{LEAD}</table>"), &[LEAD]);
    let odd = ["", "\0", "<", "<html>", "<frameset><frame src=x></frameset>", "<script>let a = 1;", "<!--"];
    for html in odd {
        assert_eq!(page(html, None).title, None, "{html}");
    }
}

#[test]
fn a_short_page_is_read_whole() {
    check("<div class='widget'>Ruritania hailed Borduria.</div>", &["Ruritania hailed Borduria."]);
    check("Ruritania hailed Borduria.", &["Ruritania hailed Borduria."]);
}

#[test]
fn metadata_comes_from_the_surest_statement() {
    let html = "<html lang='en-GB'><head><title>Treaty signed | The Strelsau Post</title>
        <meta property='og:site_name' content='The Strelsau Post'><meta name='date' content='2022-03-15'>
        <link rel=canonical href='https://www.post.example/treaty'>
        <script type='application/ld+json'>{\"@graph\": [{\"@type\": \"WebSite\"}, {\"@type\": \"NewsArticle\",
        \"headline\": \"Treaty &amp; talks\", \"datePublished\": \"2022-03-14T23:30:00+01:00\",
        \"author\": [{\"name\": \"Rudolf Rassendyll\"}, {\"name\": \"Flavia\"}]}]}</script></head><p>Text.";
    let some = |text: &str| Some(text.to_owned());
    let expected = Page {
        text: "Text.".to_owned(),
        title: some("Treaty & talks"),
        date: some("2022-03-14"),
        author: some("Rudolf Rassendyll, Flavia"),
        url: some("https://www.post.example/treaty"),
        source: some("The Strelsau Post"),
        lang: some("en"),
    };
    assert_eq!(page(html, Some("http://elsewhere.example/")), expected);
}

#[test]
fn metadata_falls_back_to_what_is_there() {
    let at = Some("https://www.post.example/2022/3/14/treaty");
    let found = page("<title>Treaty signed - post.example</title>", at);
    assert_eq!(found.title.as_deref(), Some("Treaty signed"));
    assert_eq!(found.date.as_deref(), Some("2022-03-14"));
    assert_eq!(found.source.as_deref(), Some("post.example"));
    assert_eq!((found.author, found.lang), (None, None));
    let found = page("<title>Ruritania - Borduria</title><time datetime='yesterday'>", None);
    assert_eq!(found.title.as_deref(), Some("Ruritania - Borduria"));
    assert_eq!((found.date, found.url, found.source), (None, None, None));
}

/// Markup on which HTML libraries overflow the stack or take minutes.
#[test]
fn hostile_markup_takes_bounded_time_on_a_small_stack() {
    let hostile = || {
        let pages = [
            format!("{}<p>{LEAD}</p>", "<div>".repeat(100_000)),
            format!("{}<p>{LEAD}</p>", "<b>".repeat(100_000)),
            "<div class='x'><a href='#'>hi</a> there, you<br><br><span>good".repeat(50_000),
            "<ul><li>one <a href=x>two</a></li><li>a</ul><table><tr><td>x".repeat(50_000),
            format!("<p {}>", "a=1 b".repeat(300_000)),
            "<p>".repeat(2_000_000),
            "</div>".repeat(500_000),
            format!("<script type='application/ld+json'>{}", "[".repeat(500_000)),
        ];
        for html in &pages {
            page(html, None);
        }
        assert!(page(&pages[0], None).text.ends_with(LEAD));
    };
    std::thread::Builder::new().stack_size(1 << 20).spawn(hostile).unwrap().join().unwrap();
}
