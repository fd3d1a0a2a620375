//! Paths of this site: the only targets of a redirect and of a form's way back.

/// A path with an optional query, on this site for certain: it begins with one slash, and what follows can neither
/// name another host (`//host`, `/\host`) nor smuggle in a header (no control characters, no spaces, ASCII only).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitePath(String);

impl SitePath {
    /// Reads a path; none unless it is one of this site.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let after_slash = path.strip_prefix('/')?;
        let leaves_the_site = after_slash.starts_with(['/', '\\']);
        let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        (!leaves_the_site && is_plain && path.len() <= 500).then(|| Self(path.to_owned()))
    }

    /// The page of the line: where somebody goes who came from nowhere.
    #[must_use]
    pub fn home() -> Self {
        Self("/".to_owned())
    }

    /// The path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::SitePath;

    #[test]
    fn paths_of_this_site_pass() {
        for path in ["/", "/order", "/requests/2026-000123?tab=timeline", "/a//b"] {
            assert_eq!(SitePath::parse(path).map(|path| path.0), Some(path.to_owned()));
        }
    }

    #[test]
    fn other_sites_and_header_injection_do_not() {
        for path in [
            "",
            "order",
            "https://example.com/",
            "//example.com",
            "/\\example.com",
            "/a\\b",
            "javascript:alert(1)",
            "/order\r\nSet-Cookie: a=b",
            "/order\n",
            "/or der",
            "/ř",
            "/\t/example.com",
        ] {
            assert_eq!(SitePath::parse(path), None, "{path:?}");
        }
    }
}
