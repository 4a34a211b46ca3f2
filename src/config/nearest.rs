//! "Did you mean": the nearest of some words. Knows no rule.

/// Returns the candidate that differs least from `word`, if it is near enough to be meant: one letter in four, at least one.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let limit = (word.chars().count() / 4).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Returns `; did you mean "x"?`, empty if nothing is near.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> String {
    nearest(word, candidates)
        .map(|near| format!("; did you mean {near:?}?"))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_near_words_are_meant() {
        let keys = ["select", "ignore", "severity"];
        assert_eq!(nearest("selct", keys), Some("select"));
        assert_eq!(nearest("ingore", keys), Some("ignore"));
        assert_eq!(nearest("rules", keys), None);
        assert_eq!(did_you_mean("rules", keys), "");
    }
}
