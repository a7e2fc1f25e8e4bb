//! Which numbers with a point are versions: what stands before such a number in English, and what after it.

use std::ops::Range;

use super::english_words;

/// How sure it is that a number is a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sign {
    /// A word with a capital stands before it, which may be a name.
    Capital,
    /// So does one in a name: `NuGet Package Manager`.
    InName,
    /// A name stands before it, or it is said that it is a version.
    Sure,
}

/// Words that say that the number after them is a version.
const KINDS: [&str; 5] = ["version", "versions", "release", "releases", "v"];

/// What follows a version and no amount.
const AFTER: [&str; 19] = [
    "version",
    "versions",
    "release",
    "releases",
    "preview",
    "beta",
    "alpha",
    "rc",
    "sdk",
    "runtime",
    "or later",
    "or newer",
    "or earlier",
    "or older",
    "and later",
    "and newer",
    "and earlier",
    "and older",
    "was released",
];

/// What follows an amount.
const UNITS: &str = "
    percent GB MB KB kB TB PB GiB MiB KiB TiB Gbps Mbps Kbps GHz MHz kHz Hz thousand million billion
    trillion milliseconds second seconds minute minutes hour hours day days week weeks month months year
    years ms s sec min h times x fold inch inches in ft feet foot mile miles kg g lb lbs mg ml µg pounds km cm mm
    m meter meters px pixels pt em rem dpi V W kW kWh A mA mAh dB core cores vCPUs star stars points out
    euro euros dollar dollars cent cents pence penny yen yuan rupee rupees franc francs krona
    kronor krone kroner koruna zloty forint lira reais ruble rubles rouble roubles peso pesos rand";

/// Codes of currencies by ISO 4217.
const CURRENCIES: &str = "
    AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL HKD HRK HUF IDR ILS INR ISK JOD JPY
    KES KRW KWD KZT MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH
    USD UYU VND ZAR";

/// What a price is for, after "per".
const PER: &str = "
    user users month year hour minute second day week seat device license licence unit transaction message
    request call core node GB TB";

/// Words in a label, a heading or before an amount: alone, a capital makes no name of them.
const COMMON: &str = "
    accuracy alpha amount angle approx approximately average avg balance bass bias blur bmi bonus bpm
    brightness budget chf coefficient confidence contrast cost costs cpu credit credits cvss delay delta
    depth diameter discount distance dose dpi dropout duration epsilon eur exposure factor fee fps gain
    gamma gbp gdp gpa gpu height index interval iq jpy kelvin kpi lambda latency learning length level
    limit loss magnitude margin max maximum mean median min minimum minus momentum mtbf multiplier nps
    offset opacity percentile plus position ppm precision price probability quality quota radius ram
    range rate rating ratio recall roi rotation rpm saturation scale score sigma size sla snr speed
    stars subtotal sum tax temperature tempo theta threshold timeout tolerance total usd value volume
    weight yield zoom";

/// What tells that the number there in an English text is a version: a name before it, of which the text has the last word,
/// or what stands round it. None of an amount.
pub(crate) fn sign(text: &str, name: &Range<usize>, number: &Range<usize>) -> Option<Sign> {
    let word = &text[name.clone()];
    let after = text[number.end..].trim_start_matches(['*', '+']);
    if text[number.clone()].matches('.').count() > 1 {
        return Some(Sign::Sure);
    }
    if is_amount(text, number.end) || has_word(UNITS, word) {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let has_v = text[..number.start].ends_with('v');
    let is_said_after = KINDS[..4].contains(&first_word(after));
    if has_v || is_said_after || KINDS.contains(&lower.as_str()) {
        return Some(Sign::Sure);
    }
    let is_word = word.contains(|c: char| c.is_ascii_alphabetic());
    // A stop ends the sentence, or something cut short.
    let is_label = || has_word(COMMON, &lower) || has_word(CURRENCIES, word);
    if !is_word || word.ends_with('.') || is_label() || english_words::is_function_word(&lower) {
        return None;
    }
    if is_name(&text[..name.start], word) {
        return Some(Sign::Sure);
    }
    let is_capital = word.starts_with(|c: char| c.is_ascii_uppercase()) && !is_money(&text[number.clone()]);
    is_capital.then(|| if stands_in_name(&text[..name.start]) { Sign::InName } else { Sign::Capital })
}

/// Whether a number has two decimals of which the last is 0, as prices have them. Releases are counted past nine too, but
/// mostly after a name that is known, or the word "version".
fn is_money(number: &str) -> bool {
    number.split_once('.').is_some_and(|(_, cents)| cents.len() == 2 && cents.ends_with('0'))
}

/// Whether the number that ends there is an amount by what follows it.
pub(crate) fn is_amount(text: &str, end: usize) -> bool {
    has_unit(text[end..].trim_start_matches(['*', '+']))
}

/// Whether words follow a number that stand behind versions and no amounts.
pub(crate) fn is_followed_as_version(text: &str, number: &Range<usize>) -> bool {
    let after = text[number.end..].trim_start_matches(['*', '+', '-', ' ']).to_ascii_lowercase();
    AFTER.iter().any(|words| {
        after.strip_prefix(words).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_lowercase()))
    })
}

/// Whether a list of words with blanks between has this one, which has no blanks itself.
fn has_word(list: &str, word: &str) -> bool {
    let list = list.as_bytes();
    let is_edge = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    let is_whole = |at: usize| is_edge(list[..at].last()) && is_edge(list.get(at + word.len()));
    !word.is_empty() && memchr::memmem::find_iter(list, word).any(is_whole)
}

/// The first word after blanks and hyphens.
fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(['-', ' ', '\u{a0}']);
    &text[..text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())]
}

fn has_unit(after: &str) -> bool {
    let unit = first_word(after);
    let after = after.trim_start_matches(['-', ' ', '\u{a0}']);
    // 3.5 of 5.
    let is_share =
        || after.strip_prefix("of ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let is_price = || after.strip_prefix("per ").is_some_and(|rest| has_word(PER, first_word(rest)));
    after.starts_with(['%', '°', '×', '$', '€', '£', '¥'])
        || has_word(UNITS, unit)
        || has_word(CURRENCIES, unit)
        || is_share()
        || is_price()
}

/// Whether the letters of a word tell that it is a name: a capital inside, a sign inside or at its end, a stop before it.
fn is_name(before: &str, word: &str) -> bool {
    let starts_with_stop =
        before.ends_with('.') && !before[..before.len() - 1].ends_with(char::is_alphanumeric);
    let inner = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    starts_with_stop
        || inner.contains(['.', '#', '+'])
        || word.ends_with('#')
        || word.ends_with("++")
        || word.split(['-', '_']).any(has_hump)
}

/// Whether a word has capitals inside and small letters, more than the one of a plural or of `pH`: `NuGet`, `MSBuild`.
fn has_hump(word: &str) -> bool {
    let word = word.strip_suffix('s').unwrap_or(word);
    let inner = word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
    inner && word.len() > 2 && word.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Whether one of the capitalised words right before is a name.
fn stands_in_name(before: &str) -> bool {
    let mut before = before;
    while let Some(rest) = before.strip_suffix(' ') {
        let start = rest.rfind([' ', '(', '[', '*', '"']).map_or(0, |at| at + 1);
        let word = &rest[start..];
        if word.ends_with('.') || !word.starts_with(|c: char| c.is_ascii_uppercase() || c == '.') {
            return false;
        }
        let stops = word.len() - word.trim_start_matches('.').len();
        if is_name(&rest[..start + stops], &word[stops..]) {
            return true;
        }
        before = &rest[..start];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, name: &str, number: &str) -> Option<Sign> {
        let (name_at, number_at) = (text.find(name).unwrap(), text.find(number).unwrap());
        sign(text, &(name_at..name_at + name.len()), &(number_at..number_at + number.len()))
    }

    #[test]
    fn what_stands_before_a_version() {
        for (text, name, number, wanted) in [
            ("Install HarborClient 4.8.", "HarborClient", "4.8", Some(Sign::Sure)),
            ("Install .NET 4.8.", "NET", "4.8", Some(Sign::Sure)),
            ("with C# 6.0", "C#", "6.0", Some(Sign::Sure)),
            ("since version 4.8", "version", "4.8", Some(Sign::Sure)),
            ("Harbor v4.8", "Harbor", "4.8", Some(Sign::Sure)),
            (".NET Core 2.0", "Core", "2.0", Some(Sign::InName)),
            ("HarborClient Package Manager 2.8", "Manager", "2.8", Some(Sign::InName)),
            ("Harbor 4.8", "Harbor", "4.8", Some(Sign::Capital)),
            ("TLS 1.2", "TLS", "1.2", Some(Sign::Capital)),
            ("Average 3.5 of 5", "Average", "3.5", None),
            ("HarborClient 25.50 USD", "HarborClient", "25.50", None),
            ("Harbor 12.5 cents", "Harbor", "12.5", None),
            ("Harbor 4.99 per user", "Harbor", "4.99", None),
            ("Harbor 4.99 per the list", "Harbor", "4.99", Some(Sign::Capital)),
            ("Harbor Pro 19.90", "Pro", "19.90", None),
            ("Harbor version 4.10", "version", "4.10", Some(Sign::Sure)),
            ("HarborClient 4.10", "HarborClient", "4.10", Some(Sign::Sure)),
            ("CZK 12.5", "CZK", "12.5", None),
            ("Vitamin B 1.2 mg", "B", "1.2", None),
            ("HarborClient 2.5 GHz", "HarborClient", "2.5", None),
            ("Harbor 3.5-inch", "Harbor", "3.5", None),
            ("about 3.5", "about", "3.5", None),
            ("a pH 7.5", "pH", "7.5", None),
            ("the 4.8 release", "the", "4.8", Some(Sign::Sure)),
            ("Set it. 2.5 is fine", "it.", "2.5", None),
            ("1.5 + 2.5", "+", "2.5", None),
        ] {
            assert_eq!(read(text, name, number), wanted, "{text}");
        }
    }

    #[test]
    fn what_stands_after_a_version() {
        let follows = |text: &str| is_followed_as_version(text, &(0..3));
        assert!(follows("4.8 or later") && follows("4.8** release") && follows("4.8-beta2"));
        assert!(!follows("4.8 or higher") && !follows("4.8 is half") && !follows("4.8 released"));
    }
}
