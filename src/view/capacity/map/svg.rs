//! The map as a drawing of a fixed width, for a page or a document. Text stands in columns and is cut where they end.

use askama::Template;

use crate::engine::Analysis;

use super::geometry::{Band, WHOLE};
use super::picture::{Drawn, Line, Mark, Picture, Strip};

/// The width of the drawing.
const WIDTH: f64 = 1000.0;
/// What stays free at each side.
const MARGIN: f64 = 16.0;
/// The height of a line of text.
const ROW: u32 = 22;
/// The height of a lane of a strip.
const LANE: u32 = 26;
/// The width of a character at the size of text; monospaced fonts are narrower.
const CHARACTER: f64 = 7.4;

/// Where something begins, and how wide it is.
type Columns = (f64, f64);

/// The drawing.
#[derive(Template)]
#[template(path = "map.svg")]
pub(super) struct Drawing {
    width: f64,
    height: u32,
    shapes: Vec<Shape>,
}

/// A rectangle, or a text in a column.
#[derive(Clone, PartialEq, Debug)]
struct Shape {
    x: f64,
    y: u32,
    width: f64,
    height: u32,
    /// The classes of its style.
    class: String,
    /// What is written; `None` for a rectangle.
    text: Option<String>,
    /// What is told when it is pointed at.
    title: String,
}

impl Shape {
    /// Returns where it begins and how wide it is, as text.
    fn columns(&self) -> [String; 2] {
        [self.x, self.width].map(|number| format!("{number:.2}"))
    }
}

impl Drawing {
    /// Returns the drawing of some pictures.
    pub(super) fn new(pictures: &[Picture], analysis: &Analysis) -> Self {
        let mut pen = Pen {
            y: ROW,
            shapes: Vec::new(),
        };
        pen.line("title", "Address map");
        if analysis.stats.incomplete {
            pen.line(
                "bad",
                "Some files cannot be read or parsed: the map may lack ranges.",
            );
        }
        if pictures.is_empty() {
            pen.line("plain", "Nothing here is about AKS or its networks.");
        }
        for picture in pictures {
            pen.picture(picture);
        }
        pen.legend();
        Drawing {
            width: WIDTH,
            height: pen.y + ROW,
            shapes: pen.shapes,
        }
    }
}

/// Puts shapes below each other.
struct Pen {
    y: u32,
    shapes: Vec<Shape>,
}

impl Pen {
    fn picture(&mut self, picture: &Picture) {
        self.y += ROW / 2;
        let mut heading = picture.title().to_owned();
        if !picture.variants.is_empty() {
            heading = format!("{heading} ({})", picture.variants.join(", "));
        }
        if picture.what_if {
            heading += ", what if";
        }
        self.line("heading", &heading);
        for line in &picture.lines {
            self.number_line(picture, line);
        }
        for strip in &picture.strips {
            self.strip(picture, strip);
        }
        if !picture.unknown.is_empty() {
            self.y += ROW / 2;
            self.line("head", "Not known, and not drawn");
            for unknown in &picture.unknown {
                self.line("plain", &format!("{}: {}", unknown.what, unknown.because));
            }
        }
        if picture.left_out > 0 {
            let text = format!("{} more ranges are known and not drawn", picture.left_out);
            self.line("bad", &text);
        }
    }

    fn number_line(&mut self, picture: &Picture, line: &Line) {
        self.y += ROW / 2;
        let text = format!(
            "{} in order of addresses; widths are not to scale",
            line.family
        );
        self.line("head", &text);
        for mark in &line.marks {
            let range = &picture.ranges[mark.range];
            self.label(range, None);
            let track = (500.0, WIDTH - MARGIN - 500.0);
            self.rect(track, (3, ROW - 6), "track", "");
            self.mark(mark, range, track, (3, ROW - 6));
            self.y += ROW;
        }
    }

    /// Writes the name and the range of a row; `number` stands before them.
    fn label(&mut self, range: &Drawn, number: Option<usize>) {
        let class = if range.fault.is_empty() {
            "plain"
        } else {
            "bad"
        };
        let start = match number {
            Some(number) => {
                self.text((MARGIN, 30.0), "dim", &number.to_string());
                MARGIN + 34.0
            }
            None => MARGIN,
        };
        let name = format!("{} {}", range.kind.words(), range.name);
        self.text((start, 286.0 - start), class, &name);
        self.text((290.0, 206.0), class, &range.cidr);
    }

    fn strip(&mut self, picture: &Picture, strip: &Strip) {
        let vnet = &picture.ranges[strip.range];
        self.y += ROW / 2;
        let heading = format!("VNet {}  {}", vnet.name, vnet.cidr);
        self.line("head", &heading);
        let scale = if strip.to_scale {
            "to scale"
        } else {
            "dashed ones are wider than to scale"
        };
        self.line("dim", &format!("{}; {scale}", strip.summary));
        let whole = (MARGIN, WIDTH - 2.0 * MARGIN);
        let lanes = u32::try_from(strip.lanes).unwrap_or(1);
        self.rect(whole, (0, lanes * LANE), "track", &spoken(vnet));
        for (band, words) in &strip.free {
            self.rect(within(band, whole), (0, lanes * LANE), "free", words);
        }
        for (at, placed) in strip.placed.iter().enumerate() {
            let lane = u32::try_from(placed.lane).unwrap_or(0);
            let range = &picture.ranges[placed.mark.range];
            let rows = (lane * LANE + 2, LANE - 4);
            self.mark(&placed.mark, range, whole, rows);
            let at_all = within(&placed.mark.band, whole);
            if !placed.mark.band.to_scale {
                self.rect(at_all, rows, "wider", "");
            }
            self.number(at + 1, at_all, lane * LANE + 2);
        }
        self.y += lanes * LANE + 4;
        for (at, placed) in strip.placed.iter().enumerate() {
            self.row(&picture.ranges[placed.mark.range], Some(at + 1));
        }
        for at in &strip.astray {
            self.row(&picture.ranges[*at], None);
        }
    }

    /// Writes the number of a range on it if there is room.
    fn number(&mut self, number: usize, (x, width): Columns, down: u32) {
        let number = number.to_string();
        let wide = text_width(&number) + 1.0;
        if width >= wide + 2.0 {
            self.rect((x + 1.0, wide), (down + 3, LANE - 10), "chip", "");
            let y = self.y;
            self.y += down;
            self.text((x + 1.5, wide), "number", &number);
            self.y = y;
        }
    }

    /// Draws a range on a track, as full as it is, with the parts that it must not have in red.
    fn mark(&mut self, mark: &Mark, range: &Drawn, track: Columns, rows: (u32, u32)) {
        let at = within(&mark.band, track);
        let class = mark_class(range);
        self.rect(at, rows, &class, &spoken(range));
        if let Some(fill) = &range.fill {
            let [least, most] = fill.percent.map(|one| part(at.1, one));
            self.rect((at.0, least), rows, &format!("fill {}", fill.class), "");
            let maybe = (at.0 + least, most - least);
            self.rect(maybe, rows, &format!("fill maybe {}", fill.class), "");
        }
        for clash in &mark.clashes {
            self.rect(within(clash, track), rows, "clash", "");
        }
    }

    /// Writes a row below a strip: number, name, range, and how full it is.
    fn row(&mut self, range: &Drawn, number: Option<usize>) {
        self.label(range, number);
        let text = match (range.fault, &range.fill) {
            ("outside", _) => "outside its VNet".to_owned(),
            ("overlap", _) => format!("overlaps {}", range.against.as_deref().unwrap_or_default()),
            (_, Some(fill)) => fill.short.clone(),
            (_, None) => String::new(),
        };
        if let Some(fill) = &range.fill {
            let at = (500.0, 200.0);
            let rows = (6, ROW - 12);
            self.rect(at, rows, "track", &fill.words);
            let [least, most] = fill.percent.map(|one| part(at.1, one));
            self.rect((at.0, least), rows, &format!("fill {}", fill.class), "");
            let maybe = (at.0 + least, most - least);
            self.rect(maybe, rows, &format!("fill maybe {}", fill.class), "");
        }
        let class = if range.fault.is_empty() {
            "plain"
        } else {
            "bad"
        };
        self.text((710.0, WIDTH - MARGIN - 710.0), class, &text);
        self.y += ROW;
    }

    fn legend(&mut self) {
        self.y += ROW;
        let text = "red: shared addresses that clash; the darker part of a subnet or pod range is taken at the most";
        self.line("dim", text);
    }

    /// Writes a line of its own.
    fn line(&mut self, class: &str, text: &str) {
        self.text((MARGIN, WIDTH - 2.0 * MARGIN), class, text);
        self.y += ROW;
    }

    fn text(&mut self, (x, width): Columns, class: &str, text: &str) {
        let larger = if class == "title" { 1.4 } else { 1.0 };
        self.shapes.push(Shape {
            x,
            y: self.y,
            width,
            height: ROW,
            class: class.to_owned(),
            text: Some(cut(&as_xml(text), width / larger)),
            title: String::new(),
        });
    }

    fn rect(&mut self, (x, width): Columns, rows: (u32, u32), class: &str, title: &str) {
        if width > 0.0 {
            self.shapes.push(Shape {
                x,
                y: self.y + rows.0,
                width,
                height: rows.1,
                class: class.to_owned(),
                text: None,
                title: as_xml(title),
            });
        }
    }
}

fn mark_class(range: &Drawn) -> String {
    let perhaps = if range.uncertain { " perhaps" } else { "" };
    format!("range {}{perhaps}", range.kind.class())
}

/// Returns the place of a band on a track.
fn within(band: &Band, (x, width): Columns) -> Columns {
    let at = |units: u32| f64::from(units) / f64::from(WHOLE) * width;
    (x + at(band.start), at(band.end) - at(band.start))
}

fn part(width: f64, percent: i64) -> f64 {
    let percent = u8::try_from(percent.clamp(0, 100)).unwrap_or(100);
    width * f64::from(percent) / 100.0
}

fn spoken(range: &Drawn) -> String {
    let head = format!("{} {} {}", range.kind.words(), range.name, range.cidr);
    [&[head], range.details.as_slice()].concat().join("\n")
}

/// Returns text without characters that XML does not know even when they are escaped.
fn as_xml(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

fn text_width(text: &str) -> f64 {
    text.chars().map(character_width).sum()
}

/// Returns the width of a character; of those beyond Latin letters it is only known that few are wider than two.
fn character_width(c: char) -> f64 {
    match c {
        '\u{20}'..='\u{17f}' | '…' => CHARACTER,
        _ => 2.5 * CHARACTER,
    }
}

/// Returns text that is no wider than this.
fn cut(text: &str, width: f64) -> String {
    if text_width(text) <= width {
        return text.to_owned();
    }
    let mut room = width - CHARACTER;
    let mut kept = String::new();
    for c in text.chars() {
        room -= character_width(c);
        if room < 0.0 {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}
