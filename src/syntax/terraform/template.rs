//! Strings with interpolations and directives. Strip markers and the indent of `<<-` are resolved here as Terraform does
//! it: on a flat list of tokens, in which each line of a heredoc is a token of its own.

use std::slice::Iter;
use std::sync::Arc;

use hcl::edit::Span as _;
use hcl::edit::expr::Expression;
use hcl::edit::parser::parse_template;
use hcl::edit::template::{
    Directive, Element, ForDirective, HeredocTemplate, IfDirective, StringTemplate, Strip, Template,
};

use super::Lowering;
use super::json::Places;
use crate::expr::{ExprId, ExprKind, Exprs, For, Part};
use crate::source::{Name, SourceId, Span};
use crate::syntax::Unit;

/// What a template consists of, directives taken apart.
enum Token<'a> {
    Literal(String),
    Value(&'a Expression),
    If(&'a IfDirective),
    Else,
    EndIf,
    For(&'a ForDirective),
    EndFor,
}

/// A list of tokens under construction, strip markers applied.
struct Tokens<'a> {
    text: &'a str,
    heredoc: bool,
    list: Vec<Token<'a>>,
    trim_next: bool,
}

impl<'a> Tokens<'a> {
    fn read(text: &'a str, heredoc: bool, template: &'a Template) -> Vec<Token<'a>> {
        let mut tokens = Tokens {
            text,
            heredoc,
            list: Vec::new(),
            trim_next: false,
        };
        tokens.template(template);
        tokens.list
    }

    fn template(&mut self, template: &'a Template) {
        for element in template {
            match element {
                Element::Literal(literal) if self.heredoc => {
                    // The parser has already taken an indent off its own copy.
                    let raw = literal.span().and_then(|range| self.text.get(range));
                    for line in raw.unwrap_or(literal.as_str()).split_inclusive('\n') {
                        self.literal(line.replace("$${", "${").replace("%%{", "%{"));
                    }
                }
                Element::Literal(literal) => self.literal(literal.value().clone()),
                Element::Interpolation(value) => {
                    self.control(Token::Value(&value.expr), value.strip);
                }
                Element::Directive(directive) => match directive.as_ref() {
                    Directive::If(directive) => self.conditional(directive),
                    Directive::For(directive) => {
                        self.control(Token::For(directive), directive.for_expr.strip);
                        self.template(&directive.for_expr.template);
                        self.control(Token::EndFor, directive.endfor_expr.strip);
                    }
                },
            }
        }
    }

    fn conditional(&mut self, directive: &'a IfDirective) {
        self.control(Token::If(directive), directive.if_expr.strip);
        self.template(&directive.if_expr.template);
        if let Some(otherwise) = &directive.else_expr {
            self.control(Token::Else, otherwise.strip);
            self.template(&otherwise.template);
        }
        self.control(Token::EndIf, directive.endif_expr.strip);
    }

    fn literal(&mut self, text: String) {
        let trim = std::mem::take(&mut self.trim_next);
        self.list.push(Token::Literal(if trim {
            text.trim_start().to_owned()
        } else {
            text
        }));
    }

    fn control(&mut self, token: Token<'a>, strip: Strip) {
        if let (true, Some(Token::Literal(before))) = (strip.strip_start(), self.list.last_mut()) {
            before.truncate(before.trim_end().len());
        }
        self.list.push(token);
        self.trim_next = strip.strip_end();
    }
}

/// Takes the common indent off the lines of a `<<-` heredoc. A line that begins with `${` or `%{` has none.
fn take_indent(tokens: &mut [Token<'_>]) {
    let mut indent = usize::MAX;
    let mut lines = Vec::new();
    let mut line_begins = true;
    for (index, token) in tokens.iter().enumerate() {
        let Token::Literal(text) = token else {
            if line_begins {
                indent = 0;
            }
            line_begins = false;
            continue;
        };
        let trimmed = text.trim_start();
        let blank = trimmed.is_empty() && text.ends_with('\n');
        if line_begins && !blank {
            indent = indent.min(text[..text.len() - trimmed.len()].chars().count());
            lines.push(index);
        }
        line_begins = text.ends_with('\n');
    }
    for index in lines {
        if let Token::Literal(text) = &mut tokens[index] {
            let rest = text
                .char_indices()
                .nth(indent)
                .map_or(text.len(), |(at, _)| at);
            text.drain(..rest);
        }
    }
}

/// Parses a template.
pub(in crate::syntax) fn template(source: SourceId, text: &str) -> Option<(Unit, ExprId)> {
    let template = parse_template(text).ok()?;
    let mut unit = Unit {
        source,
        exprs: Exprs::default(),
        declarations: Vec::new(),
        comments: Vec::new(),
        troubles: Vec::new(),
        broken: false,
    };
    let mut lowering = Lowering {
        unit: &mut unit,
        text,
        places: Places::From(0),
        structures: None,
    };
    let span = Span::new(source, 0, text.len());
    let root = lowering.bare_template(&template, span);
    Some((unit, root))
}

impl Lowering<'_> {
    pub(super) fn string_template(&mut self, template: &StringTemplate, span: Span) -> ExprId {
        let tokens = Tokens::read("", false, template);
        self.whole(&tokens, span)
    }

    /// Adds a template without quotes or markers around it: the whole text of this piece. One that is nothing but an
    /// interpolation is the expression in it.
    pub(super) fn bare_template(&mut self, template: &Template, span: Span) -> ExprId {
        let tokens = Tokens::read(self.text, true, template);
        if let [Token::Value(value)] = tokens.as_slice() {
            return self.expression(value);
        }
        self.whole(&tokens, span)
    }

    pub(super) fn heredoc(&mut self, heredoc: &HeredocTemplate, span: Span) -> ExprId {
        let mut tokens = Tokens::read(self.text, true, &heredoc.template);
        let start = heredoc.span().map_or(0, |range| range.start);
        if self.text[start..].starts_with("<<-") {
            take_indent(&mut tokens);
        }
        self.whole(&tokens, span)
    }

    fn whole(&mut self, tokens: &[Token<'_>], span: Span) -> ExprId {
        if let [Token::Value(value)] = tokens {
            let parts = vec![Part::Expr(self.expression(value))];
            return self.unit.exprs.add(ExprKind::Template(parts), span);
        }
        self.sequence(&mut tokens.iter(), span).0
    }

    /// Adds the tokens up to the end of the directive they are in, as a string. Returns also the token that ended them.
    fn sequence<'t, 'a: 't>(
        &mut self,
        tokens: &mut Iter<'t, Token<'a>>,
        span: Span,
    ) -> (ExprId, Option<&'t Token<'a>>) {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut lone_value = true;
        let end = loop {
            let value = match tokens.next() {
                Some(Token::Literal(text)) => {
                    literal.push_str(text);
                    continue;
                }
                Some(Token::Value(value)) => self.expression(value),
                Some(Token::If(directive)) => {
                    lone_value = false;
                    self.if_directive(tokens, directive)
                }
                Some(Token::For(directive)) => {
                    lone_value = false;
                    self.for_directive(tokens, directive)
                }
                end @ (Some(Token::Else | Token::EndIf | Token::EndFor) | None) => break end,
            };
            push_text(&mut parts, &mut literal);
            parts.push(Part::Expr(value));
        };
        if parts.is_empty() {
            let text = self.unit.exprs.add(ExprKind::Text(literal.into()), span);
            return (text, end);
        }
        push_text(&mut parts, &mut literal);
        if parts.len() == 1 && lone_value {
            // Not the string's only part as written: it is a string even if the value is not.
            parts.push(Part::Text(Arc::from("")));
        }
        (self.unit.exprs.add(ExprKind::Template(parts), span), end)
    }

    fn if_directive<'t, 'a: 't>(
        &mut self,
        tokens: &mut Iter<'t, Token<'a>>,
        directive: &IfDirective,
    ) -> ExprId {
        let span = self.span(directive);
        let condition = self.expression(&directive.if_expr.cond_expr);
        let (yes, end) = self.sequence(tokens, span);
        let no = if let Some(Token::Else) = end {
            self.sequence(tokens, span).0
        } else {
            self.unit.exprs.add(ExprKind::Text(Arc::from("")), span)
        };
        let kind = ExprKind::Conditional(condition, yes, no);
        self.unit.exprs.add(kind, span)
    }

    fn for_directive<'t, 'a: 't>(
        &mut self,
        tokens: &mut Iter<'t, Token<'a>>,
        directive: &ForDirective,
    ) -> ExprId {
        let span = self.span(directive);
        let intro = &directive.for_expr;
        let over = self.expression(&intro.collection_expr);
        let (result, _) = self.sequence(tokens, span);
        let each = ExprKind::For(Box::new(For {
            key: intro.key_var.as_ref().map(|name| name.as_str().into()),
            value: intro.value_var.as_str().into(),
            over,
            result_key: None,
            result,
            group: false,
            condition: None,
        }));
        let exprs = &mut self.unit.exprs;
        let separator = exprs.add(ExprKind::Text(Arc::from("")), span);
        let each = exprs.add(each, span);
        let join = ExprKind::Call {
            name: Name {
                text: "join".into(),
                span,
            },
            args: vec![separator, each],
            expand_last: false,
        };
        exprs.add(join, span)
    }
}

fn push_text(parts: &mut Vec<Part>, literal: &mut String) {
    if !literal.is_empty() {
        parts.push(Part::Text(std::mem::take(literal).into()));
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::terraform::testing::local;

    #[test]
    fn strings_keep_or_lose_their_type() {
        assert_eq!(local(r#""a\n\u00e4$${b}""#), r#""a\nä${b}""#);
        assert_eq!(local(r#""${x}""#), "(template x)");
        assert_eq!(local(r#""a${x}b""#), r#"(template "a" x "b")"#);
        assert_eq!(local(r#""  ${~ x ~}  ""#), r#"(template x "")"#);
    }

    #[test]
    fn directives_become_expressions() {
        assert_eq!(
            local(r#""a%{ if c }b%{ else }${d}%{ endif }e""#),
            r#"(template "a" (if c "b" (template d "")) "e")"#
        );
        assert_eq!(
            local(r#""%{ for k, v in l }${v},%{ endfor }""#),
            r#"(template (join "" (for k v in l: _ => (template v ",") if _)))"#
        );
    }

    #[test]
    fn strip_markers_stop_at_the_line() {
        assert_eq!(
            local("<<E\n%{ for v in l ~}\n  ${v}\n%{ endfor ~}\nend\nE"),
            r#"(template (join "" (for _ v in l: _ => (template "  " v "\n") if _)) "end\n")"#
        );
        assert_eq!(local("<<E\na\n  ${~ x}\nE"), r#"(template "a\n" x "\n")"#);
    }

    #[test]
    fn heredocs_lose_their_common_indent() {
        assert_eq!(local("<<E\n  a\n  E"), r#""  a\n""#);
        assert_eq!(
            local("<<-E\n    a\n\n      b $${c}\n    E"),
            r#""a\n\n  b ${c}\n""#
        );
        assert_eq!(
            local("<<-E\n    a ${x}\n  ${y}\nE"),
            r#"(template "  a " x "\n" y "\n")"#
        );
        assert_eq!(
            local("<<-E\n    a\n${y}\nE"),
            r#"(template "    a\n" y "\n")"#
        );
        assert_eq!(
            local("<<-E\n    %{ if c ~}\n      x\n    %{ endif ~}\n    y\n  E"),
            r#"(template (if c "      x\n" "") "    y\n")"#
        );
        assert_eq!(local("<<E\nE"), r#""""#);
    }
}
