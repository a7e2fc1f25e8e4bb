use similar::TextDiff;

/// The hunks of a unified diff between two texts. Lines end at LF only, so that a patch made of them gives the new text byte for byte.
pub fn unified(before: &str, after: &str) -> String {
    let before: Vec<&str> = before.split_inclusive('\n').collect();
    let after: Vec<&str> = after.split_inclusive('\n').collect();
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&before, &after);
    let mut hunks = String::new();
    for hunk in diff.unified_diff().iter_hunks() {
        hunks += &format!("{}\n", hunk.header());
        for change in hunk.iter_changes() {
            hunks += &format!("{}{}", change.tag(), change.value());
            // A last line that ends at CR has no LF either.
            hunks += if change.value().ends_with('\n') { "" } else { "\n\\ No newline at end of file\n" };
        }
    }
    hunks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_show_lines_with_their_neighbours() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        assert_eq!(
            unified(before, &before.replace('5', "five")),
            "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        );
        assert_eq!(unified(before, before), "");
    }

    #[test]
    fn line_ends_and_a_missing_last_one_are_kept() {
        assert_eq!(
            unified("a\r\nb\r\nc", "a\r\nb\r\nd"),
            "@@ -1,3 +1,3 @@\n a\r\n b\r\n-c\n\\ No newline at end of file\n+d\n\\ No newline at end of file\n"
        );
        assert_eq!(unified("a\rb\n", "a\rc\n"), "@@ -1 +1 @@\n-a\rb\n+a\rc\n");
        let no_end = "\\ No newline at end of file";
        assert_eq!(
            unified("a\rb\r", "a\rc\r"),
            format!("@@ -1 +1 @@\n-a\rb\r\n{no_end}\n+a\rc\r\n{no_end}\n")
        );
    }
}
