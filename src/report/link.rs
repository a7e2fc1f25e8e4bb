//! Where the pages of rules are on the web.

/// The address of the page of a rule that comes with loclint, in the version that runs.
pub fn rule_page(id: &str) -> String {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let version = env!("CARGO_PKG_VERSION");
    format!("{repository}/blob/v{version}/rules/{}.md", id.replace('-', "_"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failure here is the report")]

    use std::path::Path;

    use ::rules::{Settings, builtin};

    #[test]
    fn every_rule_has_its_page_there() {
        let root = format!("{}/blob/v{}/", env!("CARGO_PKG_REPOSITORY"), env!("CARGO_PKG_VERSION"));
        for rule in builtin(&Settings::default()).unwrap() {
            let address = super::rule_page(&rule.info.id);
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(address.strip_prefix(&root).unwrap());
            assert_eq!(std::fs::read_to_string(&path).unwrap(), rule.info.page, "{}", path.display());
        }
    }
}
