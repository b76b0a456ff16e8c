//! placeholder
pub struct Page {
    pub text: String,
    pub title: Option<String>,
    pub date: Option<String>,
    pub author: Option<String>,
    pub url: Option<String>,
    pub source: Option<String>,
    pub lang: Option<String>,
}
pub fn page(html: &str, _url: Option<&str>) -> Page {
    Page { text: html.to_owned(), title: None, date: None, author: None, url: None, source: None, lang: None }
}
pub fn fragment(html: &str) -> String {
    html.to_owned()
}
