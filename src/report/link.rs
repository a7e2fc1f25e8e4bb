//! Where the pages of rules are on the web.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use ::rules::{Settings, builtin};

/// The rules that come with loclint.
static SHIPPED: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let rules = builtin(&Settings::default()).unwrap_or_default();
    rules.into_iter().map(|rule| rule.info.id.into_owned()).collect()
});

/// The address of the page of a rule, if it comes with loclint: those of packs have no page on the web.
pub(crate) fn page_on_the_web(id: &str) -> Option<String> {
    SHIPPED.contains(id).then(|| rule_page(id))
}

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
    fn only_rules_that_come_with_loclint_have_one() {
        assert_eq!(super::page_on_the_web("id/gap").unwrap(), super::rule_page("id/gap"));
        assert_eq!(super::page_on_the_web("house/label"), None);
        assert_eq!(super::page_on_the_web("internal/panic"), None);
    }

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
