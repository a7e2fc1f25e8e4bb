use serde_json::Value;

use super::escape::{escaped, policy_hash, write_json};
use super::{PAGE, script, style};

/// Texts that would like to be more.
const HOSTILE: [&str; 7] = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; & \" ' `",
    "\u{2028}\u{2029}\u{202e}\0\u{7f}",
    "{{data}} {{script}}",
    "]]>--><svg/onload=alert(1)>",
];

#[test]
fn hostile_texts_are_escaped_in_html() {
    assert_eq!(
        escaped("<a href='x' title=\"y\">&amp;</a> č").to_string(),
        "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;amp;&lt;/a&gt; č"
    );
    for text in HOSTILE {
        assert!(!escaped(text).to_string().contains(['<', '>', '"', '\'']), "{text}");
    }
}

#[test]
fn json_in_the_page_ends_nothing_and_says_the_same() {
    let mut out = Vec::new();
    write_json(&HOSTILE, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{text}");
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), serde_json::json!(HOSTILE));
}

#[test]
fn hashes_are_what_browsers_compute() {
    // The example of the specification, CSP level 2, section 4.2.4.
    assert_eq!(
        policy_hash("alert('Hello, world.');"),
        "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    );
}

#[test]
fn nothing_in_the_script_makes_html_of_texts_or_asks_for_anything() {
    let script = script();
    for bad in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "setTimeout('",
        "fetch(",
        "XMLHttpRequest",
        "sendBeacon",
        "import(",
        "WebSocket",
        "</",
        "<!--",
    ] {
        assert!(!script.contains(bad), "{bad}");
    }
    for bad in ["url(", "@import", "</"] {
        assert!(!style().contains(bad), "{bad}");
    }
    for bad in ["src=", "onclick", "style=\"", "javascript:", "http://", "https://"] {
        assert!(!PAGE.contains(bad), "{bad}");
    }
}
