//! Bicep to declarations, and parameter files: the whole current language. `lexer` makes tokens and loses nothing, `cursor` is
//! the way through them, `statement`, `resource`, `types`, `expression` and `collection` are the grammar. A statement that
//! does not parse is told, and the next one is read. Checks no type and follows no path.

mod collection;
mod cursor;
mod expression;
mod lexer;
mod resource;
mod statement;
mod string;
#[cfg(test)]
mod tests;
mod token;
mod types;

use crate::expr::ExprKind;
use crate::finding::{RuleId, Trouble};
use crate::source::{Source, Symbol};
use crate::syntax::{ArmDeclaration, Declaration, Unit, comments};

use comments::Lexeme;
use cursor::{Parser, Problem};
use token::{Token, TokenKind};

/// Parses a Bicep file or, with `parameters`, a parameter file.
pub(super) fn file(source: &Source, parameters: bool) -> Unit {
    let all = lexer::tokens(&source.text);
    let marked = source.text.contains(comments::MARK);
    let lexemes: Vec<Lexeme> = if marked {
        all.iter().map(lexeme).collect()
    } else {
        Vec::new()
    };
    let tokens = all
        .into_iter()
        .filter(|token| !token.kind.is_trivia())
        .collect();
    let mut parser = Parser::new(source, tokens, marked.then(Vec::new));
    parser.skip_newlines();
    while parser.kind() != TokenKind::EndOfFile {
        if let Err(problem) = parser.statement(parameters) {
            let trouble = trouble(&parser, &problem);
            parser.troubles.push(trouble);
            parser.recover();
        }
        parser.skip_newlines();
    }
    parser.default_to_null();
    let structures = parser.structures.take().unwrap_or_default();
    Unit {
        source: source.id,
        broken: !parser.troubles.is_empty(),
        exprs: parser.exprs,
        declarations: parser.declarations,
        comments: comments::comments(source, &lexemes, &structures),
        troubles: parser.troubles,
    }
}

/// Returns the places of the tokens that the parser sees.
pub(super) fn token_places(text: &str) -> Vec<(usize, usize)> {
    let all = lexer::tokens(text).into_iter();
    all.filter(|token| !token.kind.is_trivia())
        .map(|token| (token.start, token.end))
        .collect()
}

fn lexeme(token: &Token) -> Lexeme {
    Lexeme {
        start: token.start,
        end: token.end,
        comment: matches!(token.kind, TokenKind::LineComment | TokenKind::BlockComment),
        newline: token.kind == TokenKind::Newline,
    }
}

/// Returns the words for a statement that does not parse.
fn trouble(parser: &Parser<'_>, problem: &Problem) -> Trouble {
    let found = match &parser.source.text[problem.span.start as usize..problem.span.end as usize] {
        "" => "the end of the file".to_owned(),
        text if text.starts_with(['\n', '\r']) => "the end of the line".to_owned(),
        text => format!("`{}`", text.chars().take(40).collect::<String>()),
    };
    Trouble::new(
        RuleId::SYNTAX_ERROR,
        problem.span,
        &format!("expected {}", problem.expected),
        format!(
            "this statement does not parse: expected {}, found {found}",
            problem.expected
        ),
    )
    .help("the other statements of the file are judged")
}

impl Parser<'_> {
    /// Gives parameters without a default whose type is nullable by its declaration in this file the default null.
    fn default_to_null(&mut self) {
        let nullable: Vec<Symbol> = self
            .declarations
            .iter()
            .filter_map(|declaration| match declaration {
                Declaration::Arm(ArmDeclaration::Type(binding))
                    if self.is_nullable(binding.value) =>
                {
                    Some(binding.name.text.clone())
                }
                _ => None,
            })
            .collect();
        if nullable.is_empty() {
            return;
        }
        let exprs = &mut self.exprs;
        for declaration in &mut self.declarations {
            let Declaration::Input(input) = declaration else {
                continue;
            };
            let Some(constraint) = input.constraint.filter(|_| input.default.is_none()) else {
                continue;
            };
            let written = exprs.get(constraint);
            let span = written.span;
            if matches!(&written.kind, ExprKind::Name(name) if nullable.contains(name)) {
                input.default = Some(exprs.add(ExprKind::Null, span));
            }
        }
    }
}
