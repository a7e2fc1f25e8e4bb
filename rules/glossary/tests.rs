#![allow(clippy::unwrap_used, reason = "a failure here is the report")]

use super::*;

fn stands(locale: &str, wanted: &str, target: &str, how: How) -> bool {
    Wanted::new(wanted, &Locale::parse(locale).unwrap(), how).is_in(&Words::new(target))
}

const LOOSE: How = How { exact: false, case_sensitive: false, loose: true };

#[test]
fn every_language_inflects_as_it_does() {
    for (locale, wanted, targets) in [
        ("cs-CZ", "zdroj balíčků", ["Přidejte zdroj balíčků.", "Ze zdroje balíčků", "Ve zdrojích balíčků"]),
        ("cs-CZ", "složka", ["Ve složce je soubor.", "Názvy složek", "Se složkami"]),
        ("ru-RU", "источник пакетов", ["Источник пакетов", "в источнике пакетов", "с источниками пакетов"]),
        ("ru-RU", "ссылка", ["по ссылке", "без ссылок", "со ссылками"]),
        ("pl-PL", "pakiet", ["w pakiecie", "lista pakietów", "z pakietami"]),
        ("tr-TR", "paket kaynağı", ["paket kaynağını seçin", "paket kaynağında", "paket kaynağından alınır"]),
        ("tr-TR", "kitaplık", ["kitaplığı yükleyin", "kitaplıkları", "kitaplıkta"]),
        ("hu-HU", "csomag", ["a csomagot", "a csomagokban", "csomagforrás"]),
        ("de-DE", "Paketquelle", ["der Paketquelle", "die Paketquellen", "die Standardpaketquelle"]),
        ("sv-SE", "paket", ["paketet", "paketen", "paketkälla"]),
        ("fi-FI", "paketti", ["paketin", "pakettiin", "paketissa"]),
        ("ko-KR", "패키지", ["패키지를 설치합니다.", "패키지에서", "패키지로"]),
        (
            "ja-JP",
            "パッケージ ソース",
            ["パッケージ ソースを追加します。", "このパッケージ ソースが", "パッケージ ソース"],
        ),
        (
            "ja-JP",
            "パッケージ ソース",
            ["パッケージソースの名前", "既定パッケージソース", "パッケージ　ソース"],
        ),
        ("ja-JP", "フォルダー", ["サブフォルダーに", "フォルダーパス", "フォルダー"]),
        ("ko-KR", "고객", ["고객에게만", "신규고객", "고객이다"]),
        ("cs-CZ", "účet", ["v účtu", "účtů", "s účty"]),
        ("cs-CZ", "zákazník", ["zákaznických dat", "zákazníci", "o zákaznících"]),
        ("cs-CZ", "licence", ["licenční klíč", "licenčního klíče", "bez licencí"]),
        ("pl-PL", "źródło", ["ze źródeł", "w źródle", "źródłem"]),
        ("pl-PL", "ustawienia", ["ustawień", "w ustawieniach", "ustawieniami"]),
        ("hu-HU", "ügyfél", ["az ügyfelek", "ügyfeleiknek", "ügyféllel"]),
        ("sv-SE", "återförsäljare", ["återförsäljarstatus", "återförsäljaren", "återförsäljarnas"]),
        ("de-DE", "Konto", ["die Konten", "Benutzerkontonamen", "Organisationskonten"]),
        ("zh-CN", "包源", ["添加包源。", "请选择包源", "包源"]),
        ("ar-SA", "حزمة", ["افتح الحزمة.", "وحزمة أخرى", "أضف ملفا للحزمة"]),
        ("ar-SA", "ملف", ["بالملفات", "وفي الملف", "ولملف آخر"]),
        ("he-IL", "חבילה", ["פתח את החבילה.", "בחבילה זו", "ולחבילות"]),
        ("he-IL", "מסמך", ["במסמכים", "שהמסמך נפתח", "מסמך"]),
        ("es-ES", "versión", ["las versiones", "una versión", "Versiones nuevas"]),
        ("es-ES", "imagen", ["las imágenes", "la imagen", "Imágenes"]),
        ("es-ES", "orden", ["las órdenes", "una orden", "Órdenes"]),
        ("de-DE", "Buch", ["die Bücher", "in Büchern", "des Buches"]),
        ("de-DE", "Wort", ["die Wörter", "mit Wörtern", "Schlüsselwörter"]),
        ("de-DE", "Haus", ["die Häuser", "in Häusern", "des Hauses"]),
        ("de-DE", "Index", ["die Indizes", "der Index", "des Indexes"]),
        ("ru-RU", "окно", ["несколько окон", "в окне", "с окнами"]),
        ("pl-PL", "okno", ["kilka okien", "w oknie", "z oknami"]),
        ("ro-RO", "folder", ["calea folderului", "folderele", "în foldere"]),
        ("ro-RO", "versiune", ["versiunea", "versiunilor", "două versiuni"]),
        ("ro-RO", "setare", ["setările", "o setare", "setarea"]),
        ("fi-FI", "paketti", ["paketeissa", "paketeista", "paketeille"]),
        ("fi-FI", "avain", ["avaimet", "avaimen", "avaimissa"]),
        ("nl-NL", "naam", ["de namen", "een naam", "naam"]),
        ("nl-NL", "huis", ["de huizen", "een huis", "huis"]),
        ("sv-SE", "bok", ["böckerna", "en bok", "böcker"]),
        ("el-GR", "όνομα", ["τα ονόματα", "το όνομα", "ονόματος"]),
    ] {
        for target in targets {
            assert!(stands(locale, wanted, target, LOOSE), "{locale}: {wanted} in {target}");
        }
    }
}

#[test]
fn other_words_are_other_words() {
    for (locale, wanted, target) in [
        ("cs-CZ", "zdroj balíčků", "Přidejte zdrojový kód balíčku."),
        ("cs-CZ", "složka", "Složitá úloha"),
        ("ru-RU", "источник пакетов", "в источнике данных"),
        ("ru-RU", "ссылка", "после рассылки"),
        ("tr-TR", "paket kaynağı", "paketin kodu"),
        ("tr-TR", "kitaplık", "bu kitabı okuyun"),
        ("ja-JP", "パッケージ ソース", "パッケージのソースを追加します。"),
        ("ko-KR", "패키지", "포장을 설치합니다."),
        ("zh-CN", "包源", "程序包来源"),
        ("ja-JP", "フォルダ", "フォルダーを開く"),
        ("cs-CZ", "účet", "má za účel"),
        ("sv-SE", "återförsäljare", "en försäljning"),
        ("hu-HU", "ügyfél", "ügynök"),
        ("de-DE", "Paketquelle", "die Quelle des Pakets"),
        ("de-DE", "Buch", "ein Besuch"),
        ("de-DE", "Haus", "die Hose"),
        ("ar-SA", "حزمة", "افتح الملف."),
        ("he-IL", "חבילה", "פתח את הקובץ."),
        ("es-ES", "versión", "una versátil"),
        ("ru-RU", "окно", "около сервера"),
        ("nl-NL", "naam", "neem dit"),
        ("ro-RO", "folder", "fișierul"),
    ] {
        assert!(!stands(locale, wanted, target, LOOSE), "{locale}: {wanted} in {target}");
    }
}

#[test]
fn what_is_forbidden_is_looked_for_as_it_is_written() {
    let strict = How { loose: false, ..LOOSE };
    assert!(
        !stands("es-ES", "imagenes", "las imágenes", strict)
            && stands("es-ES", "imagenes", "imagenes", strict)
    );
    assert!(!stands("ar-SA", "حزمة", "الحزمة", strict));
}

#[test]
fn exact_and_case_sensitive_are_what_they_say() {
    let exact = How { exact: true, ..LOOSE };
    assert!(stands("cs-CZ", "zdroj", "Jeden zdroj", exact) && !stands("cs-CZ", "zdroj", "Ze zdroje", exact));
    let cased = How { case_sensitive: true, ..LOOSE };
    assert!(stands("de-DE", "Hub", "ein Hub", cased) && !stands("de-DE", "Hub", "ein hub", cased));
    assert!(stands("tr-TR", "ilke", "İLKE", LOOSE) && stands("tr-TR", "ışık", "IŞIK", LOOSE));
}

#[test]
fn markup_in_a_term_does_not_hide_it() {
    for target in ["**zdroj** balíčků", "[zdroj balíčků](a.md)", "zdroj\u{a0}balíčků"] {
        assert!(stands("cs-CZ", "zdroj balíčků", target, LOOSE), "{target}");
    }
    assert!(!stands("cs-CZ", "zdroj balíčků", "zdroj, balíčků", LOOSE));
}

fn found(yaml: &str, source: &str) -> Vec<String> {
    let glossary = Glossary::new(read_yaml(yaml, "test").unwrap());
    glossary
        .occurrences(&bitext::masked(source))
        .into_iter()
        .map(|one| source[one.range].to_string())
        .collect()
}

#[test]
fn terms_are_found_as_whole_words_and_the_longest_wins() {
    let yaml = "terms: [{term: package}, {term: package source}, {term: Harbor, do-not-translate: true}]";
    let source =
        "Package sources and packages of Harbor, my.Harbor, Harbor.Core, repackage, `package`; harbor.";
    assert_eq!(found(yaml, source), ["Package sources", "packages", "Harbor"]);
    assert_eq!(
        found(yaml, "Install-Package, package-based, /packages/, non-Harbor, Harbor-based"),
        ["Harbor"]
    );
    assert_eq!(found("terms: [{term: policy}]", "A policy and policies"), ["policy", "policies"]);
    assert_eq!(found("terms: [{term: Hub, case-sensitive: true}]", "A hub is a Hub"), ["Hub"]);
}

#[test]
fn translations_are_looked_up_by_the_longest_tag() {
    let yaml = "terms: [{term: file, translations: {pt: ficheiro, pt-BR: arquivo, zh: 文件}}]";
    let term = read_yaml(yaml, "test").unwrap().remove(0);
    let texts = |locale: &str| -> Vec<String> {
        let found = term.translations_into(&Locale::parse(locale).unwrap());
        found.into_iter().map(|one| one.text.clone()).collect()
    };
    assert_eq!(texts("pt-PT"), ["ficheiro"]);
    assert_eq!(texts("pt-BR"), ["arquivo"]);
    assert_eq!(texts("zh-CN"), ["文件"]);
    assert!(texts("zh-TW").is_empty(), "another script");
    let yaml = "terms: [{term: file, translations: {zh-Hant: 檔案, sr: датотека, sr-Latn: datoteka}}]";
    let term = read_yaml(yaml, "test").unwrap().remove(0);
    let text =
        |locale: &str| term.translations_into(&Locale::parse(locale).unwrap()).first().map(|one| &*one.text);
    assert_eq!(text("zh-TW"), Some("檔案"));
    assert_eq!(text("zh-CN"), None);
    assert_eq!((text("sr-Cyrl-RS"), text("sr-Latn-RS")), (Some("датотека"), Some("datoteka")));
    assert!(texts("cs").is_empty());
}

#[test]
fn the_shipped_names_are_sound() {
    let terms = read_yaml(SHIPPED, SHIPPED_NAME).unwrap();
    assert_eq!(flat::terms(SHIPPED, SHIPPED_NAME).as_ref(), Some(&terms), "read by lines as by the library");
    assert!((40..=150).contains(&terms.len()), "{}", terms.len());
    let mut names: Vec<&str> = terms.iter().map(|term| &*term.source).collect();
    for term in &terms {
        assert!(term.do_not_translate && term.evidence.is_some(), "{}", term.source);
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), terms.len(), "a name stands twice");
}

#[test]
fn what_is_read_by_lines_is_read_alike_by_the_library() {
    for term in [
        "Harbor",
        "365",
        "a b",
        "a  b",
        " a",
        "a ",
        "\"a\"",
        "\".a, b\"",
        ".a",
        "a: b",
        "C#",
        "a #b",
        "-a",
        "true",
    ] {
        for rest in [
            "",
            "    do-not-translate: true\n",
            "    exact: true\n",
            "    translations: {cs: [x, y], de: z}\n",
        ] {
            let text = format!("# Names.\n\nterms:\n  - term: {term}\n{rest}");
            if let Some(terms) = flat::terms(&text, "test") {
                assert_eq!(Ok(terms), read_yaml(&text, "test"), "{text}");
            }
        }
    }
}

#[test]
fn a_users_term_replaces_the_shipped_name() {
    let own = read_yaml("terms: [{term: nuget, translations: {cs: nuget}}]", "own.yml").unwrap();
    let both = Glossary::with_shipped(own);
    let found: Vec<_> = both.occurrences("NuGet").into_iter().map(|one| one.term.is_shipped()).collect();
    assert_eq!(found, [false]);
}

fn broken(locale: &str, name: &str, source: &str, target: &str) -> Option<(Broken, String)> {
    let (source, words) = (source.to_lowercase(), Words::new(target));
    let locale = Locale::parse(locale).unwrap();
    let case = Case { name, count: 1, source: &source, target: &words, locale: &locale };
    let broken = case.broken()?;
    let text = broken.range().map_or("", |range| &target[range.clone()]);
    Some((broken.clone(), text.into()))
}

#[test]
fn inflected_names_are_kept() {
    for (locale, name, target) in [
        ("cs-CZ", "Microsoft", "od Microsoftu"),
        ("cs-CZ", "Visual Studio", "Podpora ve Visual Studiu"),
        ("tr-TR", "Azure", "Azure'da çalışır"),
        ("hu-HU", "NuGet", "egy NuGet-csomag"),
        ("hu-HU", "Azure AD", "az Azure AD-ben"),
        ("pl-PL", "Windows", "w systemie Windowsie"),
        ("sv-SE", "Azure AD", "Azure AD-kataloger"),
        ("ja-JP", "NuGet", "NuGetを使う"),
        ("ko-KR", "Azure", "Azure에서"),
        ("ru-RU", "NuGet", "NuGet-пакет"),
        ("de-DE", ".NET", "in .NET-Projekten"),
        ("fi-FI", "Outlook", "Outlookissa"),
        ("zh-CN", "Office 365", "Office365 订阅的 Office 365"),
    ] {
        assert_eq!(broken(locale, name, &format!("in {name}"), target), None, "{locale}: {target}");
    }
}

#[test]
fn what_became_of_a_name_is_told() {
    for (locale, name, target, kind, text) in [
        ("pl-PL", "Office 365", "w Office usługi 365", "Apart", "Office usługi 365"),
        ("sv-SE", "Dynamics 365", "365-rapport för Dynamics", "Apart", "365-rapport för Dynamics"),
        ("cs-CZ", "NuGet", "balíčky Nu Get", "Split", "Nu Get"),
        ("zh-TW", "Power Apps", "使用 PowerApps 建立", "Joined", "PowerApps"),
        ("cs-CZ", "ASP.NET", "aplikace ASP. NET", "Joined", "ASP. NET"),
        ("ja-JP", ".NET", "によって。NET の", "Sign", "。NET"),
        ("ja-JP", ".NET Standard", "NET Standard と .NET Core", "Sign", "NET Standard"),
        (
            "ja-JP",
            "Visual Studio Team Services",
            "Visual Studio Team Service",
            "Partial",
            "Visual Studio Team",
        ),
        ("zh-CN", ".NET Framework", ".NET 框架项目", "Partial", ".NET"),
        ("ko-KR", "Microsoft", "IMicrosoft 파트너", "Misspelt", "IMicrosoft"),
        ("cs-CZ", "Dynamics 365", "nabídky Power 365", "Partial", "365"),
        ("sv-SE", "Windows", "fönster och enheter", "Absent", ""),
    ] {
        let Some((broken, found)) = broken(locale, name, &format!("in {name}"), target) else {
            panic!("{locale}: nothing became of {name} in {target}")
        };
        let shown = format!("{broken:?}");
        assert_eq!((shown.split('(').next().unwrap(), &*found), (kind, text), "{locale}: {target}");
    }
}
