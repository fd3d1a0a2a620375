//! No key without a text, no text without a use, the same variables everywhere, plurals as people say them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::*;

type Variables = BTreeSet<String>;

/// Rust sources of the crate.
fn sources() -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("the source can be read");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

/// Every `t!("key", variable = …)` of a source: the key and its variables.
fn uses(source: &str) -> Vec<(String, Variables)> {
    let code: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    code.match_indices("t!(")
        .filter(|(at, _)| !code[..*at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
        .filter_map(|(at, macro_name)| use_of(&code[at + macro_name.len()..]))
        .collect()
}

/// The key and the variables of a call, whose arguments begin at `arguments`.
fn use_of(arguments: &str) -> Option<(String, Variables)> {
    let parts = split(arguments);
    let first = parts.first()?.trim();
    let key = first.rsplit_once("=>").map_or(first, |(_, key)| key).trim();
    let key = key.strip_prefix('"')?.strip_suffix('"')?;
    let variables = parts[1..].iter().filter_map(|part| Some(part.split_once('=')?.0.trim().to_owned())).collect();
    Some((key.to_owned(), variables))
}

/// Splits the arguments of a call at its own commas; ends with the call.
fn split(arguments: &str) -> Vec<String> {
    let (mut parts, mut depth, mut in_text, mut escaped) = (vec![String::new()], 0, false, false);
    for character in arguments.chars() {
        let here = !in_text && depth == 0;
        match character {
            '"' if !escaped => in_text = !in_text,
            '(' | '[' | '{' if !in_text => depth += 1,
            ')' if here => break,
            ')' | ']' | '}' if !in_text => depth -= 1,
            ',' if here => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        escaped = in_text && character == '\\' && !escaped;
        parts.last_mut().expect("there is always a part").push(character);
    }
    parts
}

/// Messages of a catalogue: the key and the variables. Terms, which begin with a dash, are the catalogue's own.
fn messages(files: &[&str]) -> BTreeMap<String, Variables> {
    let mut messages = BTreeMap::<String, Variables>::new();
    for file in files {
        let mut current = None;
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
                let key = line.split_once(" =").expect("a message has a key").0.to_owned();
                assert!(!messages.contains_key(&key), "{key} stands twice");
                messages.insert(key.clone(), Variables::new());
                current = Some(key);
            }
            let Some(variables) = current.as_ref().and_then(|key| messages.get_mut(key)) else { continue };
            variables.extend(line.split('$').skip(1).map(|rest| {
                rest.chars()
                    .take_while(|character| character.is_alphanumeric() || *character == '_')
                    .collect::<String>()
            }));
        }
    }
    messages
}

#[test]
fn every_text_that_is_used_exists_and_every_text_is_used() {
    let catalogues = [messages(catalogue::CZECH), messages(catalogue::ENGLISH)];
    let mut used = BTreeSet::new();
    for (path, source) in sources() {
        for (key, variables) in uses(&source) {
            for (locale, catalogue) in Locale::ALL.into_iter().zip(&catalogues) {
                let expected = catalogue.get(&key);
                let expected =
                    expected.unwrap_or_else(|| panic!("{}: no {} text for {key}", path.display(), locale.code()));
                assert_eq!(&variables, expected, "{}: variables of {key} ({})", path.display(), locale.code());
            }
            used.insert(key);
        }
    }
    for catalogue in &catalogues {
        let unused: Vec<_> = catalogue.keys().filter(|key| !used.contains(*key)).collect();
        assert!(unused.is_empty(), "texts that nothing uses: {unused:?}");
    }
}

/// Messages of a catalogue with all that they say.
fn bodies(files: &[&str]) -> BTreeMap<String, String> {
    let mut bodies = BTreeMap::<String, String>::new();
    let mut current = String::new();
    for line in files.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#')) {
        if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            current = line.split_once(" =").expect("a message has a key").0.to_owned();
        }
        bodies.entry(current.clone()).or_default().push_str(line);
    }
    bodies
}

#[test]
fn nobody_is_asked_to_call_without_the_number() {
    let says_call = |body: &str| {
        let body = body.to_lowercase();
        ["zavolejte", "zavolat", "volejte", "call us", "call the line", "or call", "please call", "phone us", "ring us"]
            .iter()
            .any(|words| body.contains(words))
    };
    let mut asked = 0;
    for catalogue in [catalogue::CZECH, catalogue::ENGLISH] {
        for (key, body) in bodies(catalogue).into_iter().filter(|(_, body)| says_call(body)) {
            assert!(body.contains("{ $phone }"), "{key} asks to call and says no number: {body}");
            asked += 1;
        }
    }
    assert!(asked > 20, "the catalogue was searched: {asked}");
}

/// Words that were found wrong, and have better ones.
#[test]
fn what_was_worded_better_stays_so() {
    let wrong = [
        "dohodnutý termín",
        "dohodnuté termíny",
        "dohodnutém termínu",
        "dohodnutého termínu",
        "dohodnutý čas",
        "domluvený čas",
        "v dohodnutou dobu",
        "místo termínu",
        "jak rychle přijdeme",
        "smlouva srozumitelně",
        "rychlost rychlá",
        "pošta odchází",
        "dosažen strop",
        "k platbám (",
        "throw away",
        "we help you remotely",
        "what you may do",
        "least per intervention",
        "naléhavý požadavek",
        "dobropis",
        "zmrazen",
        "v oblasti",
        "hodinu a jednou",
        "dny a jednou",
        "zákazník kývl",
        "is good for an hour",
        "good for 3 days",
        "here no more",
        "goes on on",
        "short messages",
        "with vat",
    ];
    for catalogue in [catalogue::CZECH, catalogue::ENGLISH] {
        for (key, body) in bodies(catalogue) {
            let body = body.to_lowercase();
            assert!(wrong.iter().all(|words| !body.contains(words)), "{key}: {body}");
        }
    }
}

#[test]
fn every_catalogue_can_be_read_whole() {
    for file in catalogue::CZECH.iter().chain(catalogue::ENGLISH) {
        if let Err((_, errors)) = FluentResource::try_new((*file).to_owned()) {
            panic!("{errors:?} in: {}", file.lines().next().unwrap_or_default());
        }
        assert!(FluentResource::try_new(bind_short_words(file)).is_ok());
    }
}

#[test]
fn czech_counts_as_people_do() {
    let count = |count: f64| t!(Locale::Cs => "slots-count", count = count);
    assert_eq!(count(1.0), "1 termín");
    assert_eq!(count(2.0), "2 termíny");
    assert_eq!(count(4.0), "4 termíny");
    assert_eq!(count(5.0), "5 termínů");
    assert_eq!(count(0.0), "0 termínů");
    assert_eq!(count(22.0), "22 termínů");
    assert_eq!(count(1.5), "1,5 termínu");
    assert_eq!(t!(Locale::Cs => "working-days", count = 1.5), "1,5 pracovního dne");
}

#[test]
fn english_counts_as_people_do() {
    assert_eq!(t!(Locale::En => "slots-count", count = 1), "1 time");
    assert_eq!(t!(Locale::En => "slots-count", count = 2), "2 times");
}

#[test]
fn one_letter_words_never_end_a_line() {
    assert_eq!(
        bind_short_words("a = potíž s programem a v práci (i doma)"),
        "a = potíž s\u{a0}programem a\u{a0}v\u{a0}práci (i\u{a0}doma)"
    );
    assert_eq!(bind_short_words("ves nice"), "ves nice");
}

#[test]
fn a_scan_of_the_source_finds_keys_and_variables() {
    // Put together, so that the scan of this very file does not find it.
    let source = ["  view! { {t", "!(locale => \"a-key\", one = f(x, \"a, b)\"), two = &[1, 2])} }"].concat();
    let variables = ["one", "two"].map(str::to_owned).into_iter().collect();
    assert_eq!(uses(&source), [("a-key".to_owned(), variables)]);
    assert!(uses(&["assert", "!(\"not-a-key\")"].concat()).is_empty());
}

#[test]
fn languages_have_codes() {
    for locale in Locale::ALL {
        assert_eq!(Locale::from_code(locale.code()), Some(locale));
    }
    assert_eq!(Locale::from_code("de"), None);
    assert_eq!(Locale::default(), Locale::Cs);
}

#[test]
fn a_browser_is_spoken_to_in_the_language_that_it_likes_best() {
    for (accepted, locale) in [
        ("en-US,en;q=0.9,cs;q=0.8", Some(Locale::En)),
        ("cs-CZ, cs;q=0.9, en;q=0.8", Some(Locale::Cs)),
        ("de, en;q=0.5, cs;q=0.7", Some(Locale::Cs)),
        ("sk", Some(Locale::Cs)),
        ("de;q=0.9, EN-gb ; q=0.1", Some(Locale::En)),
        ("cs;q=0, en;q=0.1", Some(Locale::En)),
        ("cs, en", Some(Locale::Cs)),
        ("de", None),
        ("*", None),
        ("", None),
        ("en;q=x", Some(Locale::En)),
    ] {
        assert_eq!(Locale::preferred(accepted), locale, "{accepted}");
    }
}

#[test]
fn a_number_is_bound_to_its_unit() {
    for (source, bound) in [
        ("a = Nad { $minutes } min se ptáme.", "a = Nad { $minutes }\u{a0}min se ptáme."),
        ("a = 24 hodin denně", "a = 24\u{a0}hodin denně"),
        ("a = [few] { $count } dny", "a = [few] { $count }\u{a0}dny"),
        ("a = { $left } z { $granted }", "a = { $left } z { $granted }"),
        ("a = { $name } minulý týden", "a = { $name } minulý týden"),
        ("a = { $count ->", "a = { $count ->"),
        ("a = třeba 601 234 567", "a = třeba 601\u{a0}234\u{a0}567"),
        ("a = dodatek č. 2 z 1. 12.", "a = dodatek č. 2 z 1.\u{a0}12."),
        ("a = od 1. Potom 2", "a = od 1. Potom 2"),
    ] {
        assert_eq!(bind_units(source), bound);
    }
    assert_eq!(t!(Locale::Cs => "estimate-ceiling", minutes = 60), "Nad 60\u{a0}min se vás nejdřív zeptáme.");
    assert_eq!(t!(Locale::En => "estimate-ceiling", minutes = 60), "Above 60\u{a0}min we ask you first.");
}
