//! Resources and module calls: `= {…}`, `= if (…) {…}`, `= [for …: {…}]`.

use super::cursor::{Parsed, Parser, Written};
use super::token::TokenKind;
use crate::expr::{Entry, ExprId, ExprKind};
use crate::source::{Name, Span, Symbol};
use crate::syntax::{
    Call, Declaration, Deployment, IgnoredChanges, Mode, Repetition, ResourceDeclaration,
};

/// The resource around a nested one.
#[derive(Clone)]
pub(super) struct Outer {
    name: Symbol,
    kind: Symbol,
    version: Option<Name>,
}

/// What stands behind `=`.
struct Body {
    entries: Vec<Entry>,
    span: Span,
    repetition: Repetition,
}

impl Parser<'_> {
    /// Parses a resource. `outer` is the resource that it is nested in.
    pub(super) fn resource(&mut self, keyword: Span, outer: Option<&Outer>) -> Parsed<()> {
        self.take();
        let name = self.name("the name of a resource")?;
        let written = self.plain_string("a resource type with its API version")?;
        let mode = if self.eat_word("existing") {
            Mode::Data
        } else {
            Mode::Managed
        };
        let head = keyword.join(self.last_span());
        self.expect(TokenKind::Assignment, "`=`")?;
        self.skip_newlines();
        let (kind, version) = split_type(&written);
        let own = Outer {
            name: outer.map_or_else(
                || name.text.clone(),
                |outer| within(&outer.name, "::", &name.text),
            ),
            kind: outer.map_or_else(
                || kind.text.clone(),
                |outer| within(&outer.kind, "/", &kind.text),
            ),
            version: version.or_else(|| outer.and_then(|outer| outer.version.clone())),
        };
        // The place of the resource among the declarations comes before those nested in it.
        let place = self.declarations.len();
        let mut body = self.body(Some(&own))?;
        self.implied(&mut body, &own, outer, quoted(written.span));
        let depends_on = self.depends_on(&body.entries);
        let object = self.add(ExprKind::Object(body.entries), body.span);
        let repetition = self.repeated(body.repetition, object, body.span);
        let resource = ResourceDeclaration {
            mode,
            kind: Name {
                text: own.kind.clone(),
                span: kind.span,
            },
            name: Name {
                text: own.name.clone(),
                span: name.span,
            },
            head,
            block: keyword.join(self.last_span()),
            body: object.id,
            repetition,
            depends_on,
            provider: None,
            ignored_changes: IgnoredChanges::None,
        };
        self.declarations
            .insert(place, Declaration::Resource(Box::new(resource)));
        Ok(())
    }

    /// Parses a module call.
    pub(super) fn module(&mut self, keyword: Span) -> Parsed<()> {
        self.take();
        let name = self.name("the name of a module")?;
        let address = self.plain_string("the path of a module")?;
        let head = keyword.join(self.last_span());
        self.expect(TokenKind::Assignment, "`=`")?;
        self.skip_newlines();
        let body = self.body(None)?;
        let params = body
            .entries
            .iter()
            .find(|entry| self.is_key(entry.key, "params"));
        let arguments = match params {
            Some(entry) => Written {
                id: entry.value,
                span: self.exprs.get(entry.value).span,
            },
            None => self.add(ExprKind::Object(Vec::new()), body.span),
        };
        let value = |name: &str| {
            let mut entries = body.entries.iter();
            let found = entries.find(|entry| self.is_key(entry.key, name));
            found.map(|entry| entry.value)
        };
        let deployment = Deployment {
            name: value("name"),
            scope: value("scope"),
        };
        let repetition = self.repeated(body.repetition, arguments, body.span);
        self.declarations.push(Declaration::Call(Call {
            name,
            head,
            address: Some(address),
            version: None,
            arguments: arguments.id,
            providers: Vec::new(),
            repetition,
            deployment,
        }));
        Ok(())
    }

    /// Parses the object behind `=`, with the condition or loop before it.
    fn body(&mut self, outer: Option<&Outer>) -> Parsed<Body> {
        if self.loop_follows() {
            let start = self.span_of(self.peek_at(0));
            let head = self.loop_head()?;
            let mut body = self.body(outer)?;
            self.skip_newlines();
            self.expect(TokenKind::RightSquare, "`]`")?;
            let condition = body.repetition.condition.take();
            // The result is filled in by `repeated`, when the whole body is known.
            let result = self.add(ExprKind::Null, body.span);
            let span = start.join(self.last_span());
            let each = self.loop_of(head, result.id, condition, span);
            body.repetition.each = Some(each.id);
            return Ok(body);
        }
        let mut repetition = Repetition::default();
        if self.eat_word("if") {
            self.skip_newlines();
            if self.kind() != TokenKind::LeftParen {
                return Err(self.problem("`(` and a condition"));
            }
            let condition = self.parenthesised()?;
            repetition.condition = Some(condition);
            self.skip_newlines();
        }
        let (entries, span) = self.resource_object(outer)?;
        Ok(Body {
            entries,
            span,
            repetition,
        })
    }

    fn parenthesised(&mut self) -> Parsed<ExprId> {
        self.take();
        self.skip_newlines();
        let inner = self.expression()?;
        self.skip_newlines();
        self.expect(TokenKind::RightParen, "`)`")?;
        Ok(inner.id)
    }

    /// Parses an object in which resources may be nested.
    fn resource_object(&mut self, outer: Option<&Outer>) -> Parsed<(Vec<Entry>, Span)> {
        let start = self.expect(TokenKind::LeftBrace, "`{`")?;
        let mut entries = Vec::new();
        while self.next_element(TokenKind::RightBrace)? {
            let begin = self.span_of(self.peek_at(0));
            self.decorators()?;
            let nested = self.at_word("resource") && self.peek_at(1).kind == TokenKind::Identifier;
            if nested && outer.is_some() {
                let keyword = self.span_of(self.peek_at(0));
                self.nest(|parser| parser.resource(keyword, outer))?;
            } else {
                entries.push(self.entry()?);
            }
            self.mark(begin.join(self.last_span()));
        }
        let span = self.span_of(start).join(self.last_span());
        Ok((entries, span))
    }

    /// Adds what the body does not say itself: the API version, and the parent of a nested resource.
    fn implied(&mut self, body: &mut Body, own: &Outer, outer: Option<&Outer>, written: Span) {
        if let Some(version) = &own.version {
            let text = ExprKind::Text(version.text.as_str().into());
            let value = self.add(text, written);
            let entry = self.synthetic("apiVersion", value.id, written);
            body.entries.push(entry);
        }
        if let Some(outer) = outer {
            let value = self.add(ExprKind::Name(outer.name.clone()), written);
            let entry = self.synthetic("parent", value.id, written);
            body.entries.push(entry);
        }
    }

    fn synthetic(&mut self, key: &str, value: ExprId, span: Span) -> Entry {
        let key = self.add(ExprKind::Text(key.into()), span);
        Entry { key: key.id, value }
    }

    /// Gives a loop its result.
    fn repeated(&mut self, repetition: Repetition, result: Written, span: Span) -> Repetition {
        let Some(each) = repetition.each else {
            return repetition;
        };
        let ExprKind::For(found) = &self.exprs.get(each).kind else {
            return repetition;
        };
        let mut found = found.clone();
        found.result = result.id;
        let each = self.add(ExprKind::For(found), span);
        Repetition {
            each: Some(each.id),
            ..repetition
        }
    }

    fn is_key(&self, key: ExprId, name: &str) -> bool {
        self.exprs.text(key).is_some_and(|text| **text == *name)
    }

    /// Returns the names in `dependsOn`.
    fn depends_on(&self, entries: &[Entry]) -> Vec<Symbol> {
        let entry = entries
            .iter()
            .find(|entry| self.is_key(entry.key, "dependsOn"));
        let Some(ExprKind::List(items)) = entry.map(|entry| &self.exprs.get(entry.value).kind)
        else {
            return Vec::new();
        };
        let name = |id: &ExprId| match &self.exprs.get(*id).kind {
            ExprKind::Name(name) => Some(name.clone()),
            _ => None,
        };
        items.iter().filter_map(name).collect()
    }
}

/// Returns the place of a string with its quotes.
fn quoted(inner: Span) -> Span {
    Span::new(
        inner.source,
        inner.start as usize - 1,
        inner.end as usize + 1,
    )
}

/// Splits `Microsoft.Network/virtualNetworks@2024-05-01`.
fn split_type(written: &Name) -> (Name, Option<Name>) {
    let Some((kind, version)) = written.text.split_once('@') else {
        return (written.clone(), None);
    };
    let Span { source, start, end } = written.span;
    let at = start as usize + kind.len();
    let kind = Name {
        text: kind.into(),
        span: Span::new(source, start as usize, at),
    };
    let version = Name {
        text: version.into(),
        span: Span::new(source, at + 1, end as usize),
    };
    (kind, Some(version))
}

/// Joins the name of a resource and that of one nested in it.
fn within(outer: &str, between: &str, inner: &str) -> Symbol {
    Symbol::from(format!("{outer}{between}{inner}"))
}
