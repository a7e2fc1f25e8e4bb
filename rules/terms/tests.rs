use bitext::{Document, SourceFile};

use super::*;

/// A document of units, each a source and its target.
fn document(units: &[(&str, &str)]) -> Document {
    let unit = |(number, (source, target)): (usize, &(&str, &str))| {
        let id = format!("0a0a1-{}", number + 103);
        format!(
            "<span data-ttu-id=\"{id}\">{target}</span><span class=\"sxs-lookup\"><span data-stu-id=\"{id}\">{source}</span></span>\n\n"
        )
    };
    let text: String = units.iter().enumerate().map(unit).collect();
    Document::parse(SourceFile::from_bytes(text.into_bytes()).unwrap())
}

fn tally(documents: &[&[(&str, &str)]]) -> Tally {
    let mut tally = Tally::default();
    for (locale, units) in documents.iter().enumerate() {
        tally.add(&document(units), locale);
    }
    tally
}

fn limits(min_count: u32) -> Limits {
    Limits { min_count, max_terms: 100 }
}

fn proposed(tally: &Tally, min_count: u32) -> (Vec<String>, Vec<String>) {
    let draft = tally.draft(limits(min_count));
    let names = draft.names.into_iter().map(|name| name.name).collect();
    (names, draft.terms.into_iter().map(|term| term.term).collect())
}

#[test]
fn names_are_found_in_prose() {
    let found = |text: &str| names::names(text).into_keys().map(String::from).collect::<Vec<_>>();
    assert_eq!(found("Open the Harbor Center, then save."), ["Center", "Harbor", "Harbor Center"]);
    assert_eq!(found("Open it. Save it."), [""; 0]);
    assert_eq!(
        found("edit harbor.json in .NET, C# or HarborClient."),
        [".NET", "C#", "HarborClient", "harbor.json"]
    );
    assert_eq!(found("versions 4.8, v2.1 and 4.x, e.g. these"), [""; 0]);
    assert_eq!(found("the path Docs/Harbor and {Name}"), [""; 0]);
}

#[test]
fn a_name_with_an_ending_is_kept_and_a_longer_word_is_another() {
    for target in ["Harbor", "nástroj Harboru", "Harborで開く", "Harbor-Paket"] {
        assert!(names::keeps(target, "Harbor"), "{target}");
    }
    for target in ["harbor", "MyHarbor", "HarborClient", "Harbormaster"] {
        assert!(!names::keeps(target, "Harbor"), "{target}");
    }
}

#[test]
fn a_name_that_one_locale_of_five_often_loses_is_proposed() {
    let keeps: &[(&str, &str)] = &[("Use the Harbor Store now", "Harbor Store X"); 3];
    let lost = ("Use the Harbor Store now", "Obchod");
    let loses: &[(&str, &str)] = &[keeps[0], keeps[0], lost];
    let tally_of = |last| tally(&[keeps, keeps, keeps, keeps, last]);
    assert_eq!(proposed(&tally_of(loses), 3).0, ["Harbor Store"]);
    let two = tally(&[keeps, keeps, keeps, loses, loses]);
    assert_eq!(proposed(&two, 3).0, [""; 0]);
    assert_eq!(proposed(&tally_of(loses), 4).0, [""; 0], "too few places");
    let has_a_word_of_its_own = tally_of(&[lost; 3]);
    assert_eq!(proposed(&has_a_word_of_its_own, 3).0, [""; 0]);
}

#[test]
fn a_part_is_proposed_where_it_stands_by_itself() {
    let units = [
        ("Use the Harbor Store now", "Harbor Store X"),
        ("Use the Harbor Store now", "Harbor Store X"),
        ("Run Harbor now", "X Harbor"),
        ("Run Harbor now", "X Harbor"),
        ("with Harbor only", "X Harbor"),
        ("with Harbor only", "X Harbor"),
        ("Ask Mooring for help", "X Mooring"),
        ("Ask Mooring for help", "X Mooring"),
        ("Let Mooring Harbor in", "X Mooring Harbor"),
        ("Let Mooring Harbor in", "X Mooring Harbor"),
    ];
    // "Store" never stands without "Harbor", and "Mooring Harbor" is two names.
    assert_eq!(proposed(&tally(&[&units]), 2).0, ["Harbor", "Mooring", "Harbor Store"]);
}

#[test]
fn sentences_left_in_english_say_nothing() {
    let units = [("Use the Harbor Store now", "Use the Harbor Store now"); 3];
    assert_eq!(proposed(&tally(&[&units]), 2).0, [""; 0]);
}

#[test]
fn terms_stand_alone_or_in_bold() {
    let units = [
        ("Next steps", "Další kroky"),
        ("**Next steps:**", "**Další kroky:**"),
        ("next steps", "Co dál"),
        ("Click **Browse**, and wait", "Klikněte na **Procházet** a čekejte"),
        ("Click **Browse** again", "Znovu klikněte na **Procházet**"),
        ("a text of more than four words", "text"),
        ("a text of more than four words", "text"),
    ];
    let draft = tally(&[&units]).draft(limits(2));
    let terms: Vec<_> = draft.terms.iter().map(|term| (&*term.term, term.places)).collect();
    assert_eq!(terms, [("Next steps", 3), ("Browse", 2)]);
    let usual = draft.terms[0].usual[0].clone().unwrap();
    let share = Share { places: 3, of_these: 2 };
    assert_eq!(usual, Usual { text: "Další kroky".into(), share, others: vec![] });
}

#[test]
fn types_are_no_terms() {
    let cells: &[(&str, &str)] = &[("String", "Zeichenfolge"), ("Setting", "Einstellung")];
    let (_, terms) = proposed(&tally(&[cells, cells, cells]), 1);
    assert_eq!(terms, ["Setting"]);
}

#[test]
fn translations_without_a_majority_are_left_out_and_others_are_named() {
    let units =
        |texts: &[&'static str]| texts.iter().map(|text| ("Purchase unit", *text)).collect::<Vec<_>>();
    let even = units(&["Kaufeinheit", "Einheit", "Kaufeinheit", "Einheit"]);
    let most = units(&["Jednotka", "Položka", "Jednotka", "Položka", "Jednotka"]);
    let draft = tally(&[&even, &most]).draft(limits(2));
    assert_eq!(draft.terms[0].usual[0], None);
    assert_eq!(draft.terms[0].usual[1].as_ref().unwrap().others, ["Položka"]);
}

#[test]
fn what_the_documents_contradict_is_not_proposed() {
    let cs = [
        ("Required", "Povinné"),
        ("Required", "Povinné"),
        ("Required", "Povinné"),
        ("Clients are required to sign in.", "Klienti se musí přihlásit."),
        ("A license is required here.", "Tady je potřeba licence."),
        ("Type", "Typ"),
        ("Type", "Typ"),
        ("Type", "Typ"),
        ("Type a name, and choose a type.", "Zadejte název."),
        ("Type a number.", "Zadejte číslo."),
        ("Mirror", "Zrcadlo"),
        ("Mirror", "Zrcadlo"),
        ("Mirror", "Zrcadlo"),
        ("Add a mirror.", "Přidejte zrcadlo."),
    ];
    let document = document(&cs);
    let locale = bitext::Locale::parse("cs-CZ").unwrap();
    let mut draft = tally(&[&cs]).draft(limits(2));
    let localized =
        bitext::Localized { id: bitext::DocumentId(0), locale: locale.clone(), document, reported: true };
    let try_out = |draft: &mut Draft, cases| {
        let trial = Trial::new(draft, std::slice::from_ref(&locale), cases);
        let mut verdicts = Verdicts::default();
        trial.add(&localized, 0, &mut verdicts);
        trial.settle(&verdicts, draft)
    };
    assert!(!try_out(&mut draft, true));
    let terms: Vec<_> = draft.terms.iter().map(|term| (&*term.term, term.case_sensitive)).collect();
    // The verb starts sentences: neither case helps.
    assert_eq!(terms, [("Mirror", false), ("Required", true)]);
    assert!(try_out(&mut draft, false), "what is left holds");
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let units: [&[(&str, &str)]; 3] = [
        &[("Next steps", "Další kroky"), ("Use Harbor", "Harbor")],
        &[("Next steps", "Co dál"), ("Use Harbor", "Přístav")],
        &[("NEXT steps", "Co dál?"), ("In Harbor", "Harbor")],
    ];
    let of = |units: &[(&str, &str)]| {
        let mut tally = Tally::default();
        tally.add(&document(units), 0);
        tally
    };
    let limits = limits(1);
    let forth = of(units[0]).merge(of(units[1])).merge(of(units[2]));
    let back = of(units[2]).merge(of(units[1]).merge(of(units[0])));
    assert_eq!(forth.draft(limits), back.draft(limits));
}
