//! The crates of others: all from one registry, each the very one that was chosen, and none that `deny.toml` bans.

use std::fs;

use super::source::root;

/// What is wrong with the parts that `lock` lists; `banned` are names.
fn faults(lock: &str, banned: &[&str]) -> Vec<String> {
    let parts = lock.split("[[package]]").skip(1);
    let of = |part: &str, key: &str| {
        let value = part.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \""));
        value.map(|value| value.trim_end_matches('"').to_owned())
    };
    let mut registries = Vec::new();
    let mut faults = Vec::new();
    for part in parts {
        let name = of(part, "name").unwrap_or_default();
        // Ours alone is from nowhere.
        let Some(source) = of(part, "source") else {
            faults.extend((name != env!("CARGO_PKG_NAME")).then(|| format!("{name} is of this machine")));
            continue;
        };
        let is_hashed = of(part, "checksum").is_some_and(|sum| sum.len() == 64);
        if !source.starts_with("registry+https://") || !is_hashed {
            faults.push(format!("{name} is not of a registry with its hash"));
        }
        if banned.contains(&name.as_str()) {
            faults.push(format!("{name} is banned"));
        }
        registries.push(source);
    }
    registries.sort();
    registries.dedup();
    if registries.len() != 1 {
        faults.push(format!("{} registries", registries.len()));
    }
    faults
}

#[test]
fn every_crate_is_of_one_registry_with_its_hash_and_none_is_banned() {
    let [lock, deny] = ["Cargo.lock", "deny.toml"].map(|file| fs::read_to_string(root().join(file)).expect(file));
    let banned: Vec<&str> = deny.split("{ crate = \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(banned.contains(&"openssl-sys"), "{banned:?}");
    assert_eq!(faults(&lock, &banned), Vec::<String>::new());
}

#[test]
fn a_crate_of_elsewhere_without_a_hash_or_banned_is_seen() {
    let part = |name: &str, rest: &str| format!("[[package]]\nname = \"{name}\"\nversion = \"1.0.0\"\n{rest}\n");
    let hash = "0".repeat(64);
    let good = part("good", &format!("source = \"registry+https://one.example\"\nchecksum = \"{hash}\""));
    let of = |more: String| faults(&[good.clone(), more].concat(), &["bad"]);
    assert_eq!(of(String::new()), Vec::<String>::new());
    for (name, rest) in [
        ("git", format!("source = \"git+https://one.example\"\nchecksum = \"{hash}\"")),
        ("bare", "source = \"registry+https://one.example\"".to_owned()),
        ("path", String::new()),
        ("other", format!("source = \"registry+https://other.example\"\nchecksum = \"{hash}\"")),
        ("bad", format!("source = \"registry+https://one.example\"\nchecksum = \"{hash}\"")),
    ] {
        assert!(!of(part(name, &rest)).is_empty(), "{name}");
    }
}
