//! The page `docs/columns.md` says what the table of fields says.

#[path = "../examples/columns_page/page.rs"]
mod page;

#[test]
fn columns_page_is_that_of_the_code() {
    let found = std::fs::read_to_string(page::file()).unwrap_or_default();
    assert!(
        found == page::text(),
        "docs/columns.md does not say what the code says: run `cargo run -p chancery-writer --example columns_page`"
    );
}
