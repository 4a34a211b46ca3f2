//! The source lines of a finding: one frame for each group of neighbouring labels, the frame of the place to change first,
//! drawn by miette and joined into one.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NarratableReportHandler,
    SourceCode, ThemeCharacters, ThemeStyles,
};

use crate::finding::{Finding, Severity};
use crate::source::{SourceId, Span};

use super::Style;
use super::plain::clean;
use super::text::{NEAR, Text, Texts};

/// Labels at most this many bytes apart share a frame; more only happens on very long lines.
const NEAR_BYTES: usize = 400;

/// A place in a frame and what is there.
#[derive(Clone, Debug)]
struct Mark {
    range: Range<usize>,
    text: String,
    primary: bool,
}

/// Neighbouring labels of one file.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    source: SourceId,
    text: Arc<Text>,
    marks: Vec<Mark>,
}

/// Returns the frames of a finding: its place, its labels, and where its value came from, in this order. What is said of one
/// place is said in one label.
pub(super) fn frames(finding: &Finding, texts: &mut Texts<'_>) -> Vec<Frame> {
    let hops = finding
        .trail
        .iter()
        .map(|hop| (hop.span, hop.text.as_str()));
    let labels = finding
        .labels
        .iter()
        .map(|label| (label.span, label.text.as_str()));
    let mut told: Vec<(Span, String)> = Vec::new();
    let primary = (finding.primary.span, finding.primary.text.as_str());
    for (span, text) in std::iter::once(primary).chain(labels).chain(hops) {
        match told.iter_mut().find(|(known, _)| *known == span) {
            Some((_, known)) => add_words(known, text),
            None => told.push((span, text.to_owned())),
        }
    }
    let mut frames: Vec<Frame> = Vec::new();
    for (index, (span, words)) in told.into_iter().enumerate() {
        let text = texts.get(span.source);
        let mark = Mark {
            range: text.underlined(span),
            text: clean(&words).into_owned(),
            primary: index == 0,
        };
        match frames.iter_mut().find(|f| f.takes(span.source, &mark)) {
            Some(frame) => frame.marks.push(mark),
            None => frames.push(Frame {
                source: span.source,
                text,
                marks: vec![mark],
            }),
        }
    }
    frames
}

fn add_words(known: &mut String, text: &str) {
    if known.is_empty() {
        text.clone_into(known);
    } else if !text.is_empty() && known != text {
        known.push_str(", ");
        known.push_str(text);
    }
}

impl Frame {
    fn takes(&self, source: SourceId, mark: &Mark) -> bool {
        let near = |other: &Mark| {
            let lines = self.text.line_of(other.range.start);
            lines.abs_diff(self.text.line_of(mark.range.start)) <= NEAR
                && other.range.start.abs_diff(mark.range.start) <= NEAR_BYTES
        };
        self.source == source && self.marks.iter().any(near)
    }

    fn has_primary(&self) -> bool {
        self.marks.iter().any(|mark| mark.primary)
    }

    /// The line above and below is shown around the place to change; elsewhere the labelled lines say enough.
    fn context(&self) -> usize {
        usize::from(self.has_primary())
    }
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.marks.iter().find(|m| !m.text.is_empty());
        f.write_str(text.map_or("see here", |mark| &mark.text))
    }
}

impl std::error::Error for Frame {}

impl Diagnostic for Frame {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&*self.text)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.marks.iter().map(|mark| {
            let text = (!mark.text.is_empty()).then(|| mark.text.clone());
            let range = mark.range.clone();
            if mark.primary {
                LabeledSpan::new_primary_with_span(text, range)
            } else {
                LabeledSpan::new_with_span(text, range)
            }
        })))
    }
}

/// Draws frames, each continuing the one before; every line ends in a line feed.
pub(super) fn draw(frames: &[Frame], severity: Severity, style: &Style) -> String {
    let drawn: Vec<String> = frames
        .iter()
        .map(|f| draw_one(f, severity, style))
        .collect();
    if style.narrated {
        return drawn.concat();
    }
    let chars = characters(style);
    let gutter = |frame: &String| frame.len() - frame.trim_start_matches(' ').len();
    let widest = drawn.iter().map(gutter).max().unwrap_or(0);
    let mut joined = String::new();
    for (index, frame) in drawn.iter().enumerate() {
        let pad = " ".repeat(widest - gutter(frame));
        let last = index + 1 == drawn.len();
        let count = frame.lines().count();
        for (number, line) in frame.lines().enumerate() {
            if number + 1 == count && !last {
                break;
            }
            let line = if number == 0 && index > 0 {
                line.replacen(chars.ltop, &chars.lcross.to_string(), 1)
            } else {
                line.to_owned()
            };
            joined += &pad;
            joined += line.trim_end();
            joined.push('\n');
        }
    }
    joined
}

/// Draws one frame without miette's title.
fn draw_one(frame: &Frame, severity: Severity, style: &Style) -> String {
    let mut drawn = String::new();
    let written = if style.narrated {
        NarratableReportHandler::new()
            .with_context_lines(frame.context())
            .render_report(&mut drawn, frame)
    } else {
        GraphicalReportHandler::new_themed(theme(frame, severity, style))
            .with_width(style.width)
            .with_context_lines(frame.context())
            .with_urls(false)
            .without_cause_chain()
            .without_syntax_highlighting()
            .with_wrap_lines(false)
            .render_report(&mut drawn, frame)
    };
    // Only a source that cannot be read fails, and ours always can.
    if written.is_err() {
        return String::new();
    }
    let title_lines = if style.narrated { 2 } else { 1 };
    drawn
        .split_inclusive('\n')
        .skip(title_lines)
        .filter(|line| !style.narrated || *line != "\n")
        .collect()
}

fn characters(style: &Style) -> ThemeCharacters {
    if style.unicode {
        ThemeCharacters::unicode()
    } else {
        ThemeCharacters::ascii()
    }
}

/// Returns a theme that gives the place to change the colour of the severity, and all others another.
fn theme(frame: &Frame, severity: Severity, style: &Style) -> GraphicalTheme {
    let mut theme = GraphicalTheme {
        characters: characters(style),
        styles: ThemeStyles::none(),
    };
    if style.colour {
        let ansi = ThemeStyles::ansi();
        let (primary, other) = match severity {
            Severity::Error => (ansi.error, ansi.help),
            Severity::Warning => (ansi.warning, ansi.help),
            Severity::Advice => (ansi.advice, ansi.highlights[0]),
        };
        // Miette gives the colours out in the order of the places.
        let mut marks: Vec<&Mark> = frame.marks.iter().collect();
        marks.sort_by_key(|mark| mark.range.start);
        let colour = |mark: &&Mark| if mark.primary { primary } else { other };
        theme.styles.highlights = marks.iter().map(colour).collect();
        theme.styles.linum = ansi.linum;
    }
    theme
}
