//! XML that is written element by element, in the order of its schema.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesStart, BytesText, Event},
};

/// A writer of elements.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A whole document in UTF-8.
    pub(super) fn document(content: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<Vec<u8>> {
        let mut xml = Self(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        content(&mut xml)?;
        Ok(xml.0.into_inner())
    }

    /// An element around others.
    pub(super) fn within(&mut self, name: &str, content: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<()> {
        self.within_with(name, &[], content)
    }

    /// The same with attributes.
    pub(super) fn within_with(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        content: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        let end = start.to_end().into_owned();
        self.0.write_event(Event::Start(start.borrow()))?;
        content(self)?;
        self.0.write_event(Event::End(end))
    }

    /// An element with a value.
    pub(super) fn text(&mut self, name: &str, value: impl ToString) -> io::Result<()> {
        self.text_with(name, &[], value)
    }

    /// The same with attributes.
    pub(super) fn text_with(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        value: impl ToString,
    ) -> io::Result<()> {
        let value: String = value.to_string().chars().filter(|character| is_of_xml(*character)).collect();
        self.0
            .create_element(name)
            .with_attributes(attributes.iter().copied())
            .write_text_content(BytesText::new(&value))
            .map(drop)
    }
}

/// Whether XML has a place for a character (XML 1.0, section 2.2).
fn is_of_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
