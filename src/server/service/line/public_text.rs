//! The vendor's own words on the public page.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::{
    model::{
        base::{bilingual::Bilingual, seen::Seen},
        line::public_text::{self as model, Block, PublicText, PublicTextPage, Span},
        problem::Problem,
    },
    server::{
        app::App,
        auth::Manager,
        db::{
            DbError, Tx,
            line::public_text,
            locks::{self, Lock},
        },
    },
};

/// The text as it is shown.
///
/// # Errors
/// When the database fails.
pub async fn shown(tx: &mut Tx) -> Result<PublicText, DbError> {
    Ok(rendered(&public_text::find(tx).await?))
}

/// The text as a manager sees it: as typed, and as shown.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<PublicTextPage, Problem> {
    let typed = public_text::find(&mut app.db.staff().await?).await?;
    Ok(PublicTextPage { shown: rendered(&typed), typed })
}

/// Puts a text in the place of the one that was.
///
/// # Errors
/// [`Problem::Invalid`] with every field that is not right; [`Problem::ChangedMeanwhile`].
pub async fn save(app: &App, _manager: &Manager, typed: &Bilingual, seen: &Seen) -> Result<(), Problem> {
    let kept = model::check(typed).map_err(|fields| Problem::Invalid { fields })?;
    let mut tx = app.db.staff().await?;
    locks::take(&mut tx, Lock::Saving).await?;
    let now = public_text::find(&mut tx).await?;
    seen.admit(&model::fields(&now), &model::fields(&kept))?;
    public_text::save(&mut tx, &kept).await?;
    Ok(tx.commit().await?)
}

fn rendered(text: &Bilingual) -> PublicText {
    PublicText { cs: blocks(&text.cs), en: blocks(text.english()) }
}

/// Reads Markdown (CommonMark): headings, paragraphs, lists, stress and links. Of the rest its words remain, HTML as it was typed.
fn blocks(markdown: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    Parser::new_ext(markdown, Options::empty()).for_each(|event| reader.read(event));
    reader.finish(Block::Paragraph);
    reader.blocks
}

/// What has been read.
#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// Words of the block or item under way.
    spans: Vec<Span>,
    /// How the next words look.
    look: Span,
    /// The list under way; lists in lists are one.
    list: Option<(bool, Vec<Vec<Span>>)>,
    /// How many lists are open.
    depth: u32,
}

impl Reader {
    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::List(first)) => {
                self.finish_item();
                self.depth += 1;
                self.list.get_or_insert((first.is_some(), Vec::new()));
            }
            Event::End(TagEnd::List(_)) => {
                self.depth = self.depth.saturating_sub(1);
                if let Some((is_numbered, items)) = self.list.take_if(|_| self.depth == 0)
                    && !items.is_empty()
                {
                    self.blocks.push(Block::List { is_numbered, items });
                }
            }
            Event::End(TagEnd::Item) => self.finish_item(),
            Event::End(TagEnd::Heading(_)) => self.finish(Block::Heading),
            Event::End(TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::CodeBlock) => self.finish(Block::Paragraph),
            Event::Start(Tag::Strong) => self.look.is_strong = true,
            Event::End(TagEnd::Strong) => self.look.is_strong = false,
            Event::Start(Tag::Emphasis) => self.look.is_stressed = true,
            Event::End(TagEnd::Emphasis) => self.look.is_stressed = false,
            Event::Start(Tag::Link { dest_url, .. }) => self.look.link = leads_somewhere(&dest_url),
            Event::End(TagEnd::Link) => self.look.link = None,
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => self.say(&text),
            Event::SoftBreak | Event::HardBreak => self.say(" "),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        let span = Span { text: text.to_owned(), ..self.look.clone() };
        match self.spans.last_mut() {
            Some(last) if last.looks_like(&span) => last.text.push_str(text),
            _ => self.spans.push(span),
        }
    }

    /// Ends a block; within a list the words belong to the item.
    fn finish(&mut self, block: impl FnOnce(Vec<Span>) -> Block) {
        if self.list.is_some() {
            // Paragraphs of an item follow one another.
            if !self.spans.is_empty() {
                self.say(" ");
            }
        } else if !self.spans.is_empty() {
            self.blocks.push(block(std::mem::take(&mut self.spans)));
        }
    }

    fn finish_item(&mut self) {
        if let Some((_, items)) = &mut self.list
            && !self.spans.is_empty()
        {
            items.push(std::mem::take(&mut self.spans));
        }
    }
}

/// A link as it may stand on a page: nothing that runs, and no address that only looks like one of ours.
fn leads_somewhere(link: &str) -> Option<String> {
    let is_ours = link.starts_with('/') && !link.starts_with("//") && !link.contains('\\');
    let is_known = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme));
    (is_ours || is_known).then(|| link.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Span {
        Span { text: text.into(), ..Span::default() }
    }

    #[test]
    fn headings_paragraphs_lists_stress_and_links_are_read() {
        let read =
            blocks("# Než zavoláte\n\nMějte *po ruce* **číslo**\nsmlouvy.\n\n- program\n- [návod](https://a.cz/n)\n");
        let expected = [
            Block::Heading(vec![plain("Než zavoláte")]),
            Block::Paragraph(vec![
                plain("Mějte "),
                Span { is_stressed: true, ..plain("po ruce") },
                plain(" "),
                Span { is_strong: true, ..plain("číslo") },
                plain(" smlouvy."),
            ]),
            Block::List {
                is_numbered: false,
                items: vec![
                    vec![plain("program")],
                    vec![Span { link: Some("https://a.cz/n".into()), ..plain("návod") }],
                ],
            },
        ];
        assert_eq!(read, expected);
        let nested = blocks("1. a\n   - b\n2. c\n");
        let [Block::List { is_numbered: true, items }] = &nested[..] else { panic!("{nested:?}") };
        assert_eq!(items.iter().map(|item| item[0].text.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
    }

    #[test]
    fn nothing_that_runs_is_a_link_and_html_is_words() {
        for link in ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/\\evil.example", "evil"] {
            let read = blocks(&format!("[x](<{link}>)"));
            assert_eq!(read, [Block::Paragraph(vec![plain("x")])], "{link}");
        }
        let read = blocks("<script>alert(1)</script>\n\n![obrázek](https://evil.example/x.png)");
        let words = |block: &Block| match block {
            Block::Paragraph(spans) => spans.iter().map(|span| span.text.as_str()).collect::<String>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(read.iter().map(words).collect::<Vec<_>>(), ["<script>alert(1)</script>\n", "obrázek"]);
        assert_eq!(blocks(" \n"), []);
    }
}
