use super::*;

#[test]
fn the_list_is_in_order() {
    assert!(FUNCTION_WORDS.is_sorted() && FUNCTION_WORDS.iter().all(|word| word.len() <= 8));
    assert!(is_function_word("The") && is_function_word("your") && !is_function_word("harbor"));
}

#[test]
fn words_have_their_kinds() {
    let text = "Use the nuget.org feed 4.8 (v2): sign-in, 港 abc /tmp.";
    let found: Vec<_> = words(text).into_iter().map(|word| (&text[word.range], word.kind)).collect();
    let name = |word| (word, Kind::Name);
    let lower = |word| (word, Kind::Lower);
    assert_eq!(
        found,
        [
            name("Use"),
            ("the", Kind::Function),
            name("nuget.org"),
            lower("feed"),
            ("4.8", Kind::Number),
            name("v2"),
            lower("sign-in"),
            lower("abc"),
            name("tmp")
        ]
    );
}

#[test]
fn words_have_the_letters_of_latin_alphabets() {
    let text = "naïve × Łódź ÷ tiếng’s ɐx Ɏa don't- Ж";
    let found: Vec<_> = words(text).into_iter().map(|word| &text[word.range]).collect();
    assert_eq!(found, ["naïve", "Łódź", "tiếng’s", "x", "Ɏa", "don't"]);
    let is_word = |c: &char| !words(&c.to_string()).is_empty();
    assert!(('a'..='\u{ffff}').all(|c| is_word(&c) == is_latin(c)));
}

#[test]
fn prose_is_told_from_names() {
    for prose in [
        "Wait for the server to answer before you go on.",
        "Different harbors offer various berths and services.",
        "Pro-rata calculation uses the following formula:",
    ] {
        assert!(evidence(prose).is_prose(), "{prose}");
    }
    for name in [
        "Harbor Cloud for the US Government of America",
        "Harbor 365 A5 Discovery and Audit for students | 6c6e2e9c-2156-4f7c-9c78-f94393b750fe",
        "get-started-with-the-command-line-of-harbor",
        "array of objects, string, int32, boolean",
        "`if the server does not answer` and",
    ] {
        assert!(!evidence(name).is_prose(), "{name}");
    }
}
