"""Tokens → syntax, by precedence: the part of Python's expressions that rules may use."""

from collections.abc import Sequence
from dataclasses import replace

from formkit.expressions.problems import Refused
from formkit.expressions.scan import SYNTAX_WORDS, Kind, Token
from formkit.expressions.syntax import (
    MAX_DEPTH,
    Arithmetic,
    Call,
    Comparison,
    Either,
    IsBlank,
    Items,
    Junction,
    Loop,
    Name,
    Negative,
    Not,
    NumberLiteral,
    Syntax,
    TextLiteral,
    TruthLiteral,
    too_deep,
)

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})
_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


def parse(tokens: Sequence[Token]) -> Syntax:
    """What the tokens say; Refused where they say nothing."""
    if tokens[0].kind is Kind.END:
        raise Refused("rule-empty", 0, tokens[0].end)
    reader = _Reader(tokens)
    tree = reader.expression()
    if reader.now.kind is not Kind.END:
        raise _out_of_place(reader.now, tree)
    if (deep := too_deep(tree)) is not None:
        raise Refused("rule-too-deep", deep.start, deep.end, most=MAX_DEPTH)
    return tree


class _Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self.now = tokens[0]

    def expression(self) -> Syntax:
        """value if condition else value"""
        self._enter()
        first = self._or()
        if self._take_word("if"):
            condition = self._or()
            if not self._take_word("else"):
                raise Refused("no-else", first.start, self.now.start)
            second = self.expression()
            first = Either(first.start, second.end, condition, first, second)
        self._depth -= 1
        return first

    def _or(self) -> Syntax:
        parts = [self._and()]
        while self._take_word("or"):
            parts.append(self._and())
        return _junction("or", parts)

    def _and(self) -> Syntax:
        parts = [self._not()]
        while self._take_word("and"):
            parts.append(self._not())
        return _junction("and", parts)

    def _not(self) -> Syntax:
        start = self.now.start
        if not self._take_word("not"):
            return self._comparison()
        self._enter()
        operand = self._not()
        self._depth -= 1
        return Not(start, operand.end, operand)

    def _comparison(self) -> Syntax:
        operands, signs = [self._sum()], []
        while sign := self._comparison_sign():
            if sign in ("is", "is not"):
                return self._is_blank(operands, sign)
            signs.append(sign)
            operands.append(self._sum())
        if not signs:
            return operands[0]
        return Comparison(operands[0].start, operands[-1].end, tuple(signs), tuple(operands))

    def _comparison_sign(self) -> str:
        token = self.now
        if token.kind is Kind.SIGN and token.text in _COMPARISONS:
            self._step()
            return token.text
        if self._take_word("in"):
            return "in"
        if self._take_word("is"):
            return "is not" if self._take_word("not") else "is"
        if self._is_word("not") and self._tokens[self._at + 1].text == "in":
            self._step()
            self._step()
            return "not in"
        return ""

    def _is_blank(self, operands: list[Syntax], sign: str) -> Syntax:
        end = self.now.end
        if len(operands) > 1 or not self._take_word("blank"):
            raise Refused("is-what", operands[0].start, end, sign=sign, mend="==" if sign == "is" else "!=")
        blank = IsBlank(operands[0].start, end, operands[0], sign == "is not")
        if self._comparison_sign():
            raise Refused("is-what", blank.start, self.now.start, sign=sign, mend="and")
        return blank

    def _sum(self) -> Syntax:
        left = self._product()
        while sign := self._take_sign("+", "-"):
            right = self._product()
            left = Arithmetic(left.start, right.end, sign, left, right)
        return left

    def _product(self) -> Syntax:
        left = self._unary()
        while sign := self._take_sign("*", "/"):
            right = self._unary()
            left = Arithmetic(left.start, right.end, sign, left, right)
        return left

    def _unary(self) -> Syntax:
        start = self.now.start
        if not self._take_sign("-"):
            return self._atom()
        self._enter()
        operand = self._unary()
        self._depth -= 1
        return Negative(start, operand.end, operand)

    def _atom(self) -> Syntax:
        token = self.now
        if token.kind is Kind.NUMBER:
            self._step()
            return NumberLiteral(token.start, token.end, token.text, token.unit)
        if token.kind is Kind.TEXT:
            self._step()
            return TextLiteral(token.start, token.end, token.text)
        if token.kind is Kind.WORD and token.text in _TRUTHS:
            self._step()
            return TruthLiteral(token.start, token.end, _TRUTHS[token.text])
        if token.kind is Kind.WORD and token.text not in SYNTAX_WORDS:
            return self._name_or_call()
        if token.text in ("(", "[") and token.kind is Kind.SIGN:
            return self._brackets()
        raise _out_of_place(token, None)

    def _name_or_call(self) -> Syntax:
        name = self._name()
        if self.now.text == "[" and self.now.kind is Kind.SIGN:
            raise Refused("no-subscript", name.start, self.now.end, found=".".join(name.path))
        if self.now.text != "(" or self.now.kind is not Kind.SIGN:
            return name
        if len(name.path) > 1:
            raise Refused("no-method", name.start, name.end, found=".".join(name.path))
        return self._call(name)

    def _name(self) -> Name:
        token = self.now
        if token.kind is not Kind.WORD or token.text in SYNTAX_WORDS:
            raise _out_of_place(token, None)
        self._step()
        path, end = [token.text], token.end
        while self._take_sign("."):
            part = self.now
            if part.kind is not Kind.WORD:
                raise _out_of_place(part, None)
            self._step()
            path.append(part.text)
            end = part.end
        return Name(token.start, end, tuple(path))

    def _call(self, name: Name) -> Call:
        opening = self.now
        self._step()
        arguments: list[Syntax] = []
        while not self._is_sign(")"):
            argument = self.expression()
            if self._is_word("for"):
                argument = self._loop(argument)
            arguments.append(argument)
            if not self._take_sign(","):
                break
        end = self._close(")", opening, arguments)
        return Call(name.start, end, name, tuple(arguments))

    def _loop(self, element: Syntax) -> Loop:
        self._step()
        variable = self._name()
        if len(variable.path) > 1:
            raise Refused("odd-row-word", variable.start, variable.end, found=".".join(variable.path))
        if not self._take_word("in"):
            raise _out_of_place(self.now, None)
        rows = self._name()
        condition = self._or() if self._take_word("if") else None
        if self._is_word("for"):
            raise Refused("no-second-for", self.now.start, self.now.end)
        return Loop(element.start, (condition or rows).end, element, variable, rows, condition)

    def _brackets(self) -> Syntax:
        opening = self.now
        self._step()
        closing = ")" if opening.text == "(" else "]"
        items: list[Syntax] = []
        commas = 0
        while not self._is_sign(closing):
            items.append(self.expression())
            if self._is_word("for"):
                raise Refused("no-loop-here", opening.start, self.now.end)
            if not self._take_sign(","):
                break
            commas += 1
        end = self._close(closing, opening, items)
        if opening.text == "(" and len(items) == 1 and not commas:
            return replace(items[0], start=opening.start, end=end)
        return Items(opening.start, end, tuple(items))

    def _close(self, closing: str, opening: Token, inside: Sequence[Syntax]) -> int:
        end = self.now.end
        if self._take_sign(closing):
            return end
        if self.now.kind is Kind.END:
            raise Refused("bracket-not-closed", opening.start, opening.end, found=opening.text, mend=closing)
        raise _out_of_place(self.now, inside[-1] if inside else None)

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Refused("rule-too-deep", self.now.start, self.now.end, most=MAX_DEPTH)

    def _step(self) -> None:
        self._at += 1
        self.now = self._tokens[self._at]

    def _is_word(self, word: str) -> bool:
        return self.now.kind is Kind.WORD and self.now.text == word

    def _is_sign(self, sign: str) -> bool:
        return self.now.kind is Kind.SIGN and self.now.text == sign

    def _take_word(self, word: str) -> bool:
        if not self._is_word(word):
            return False
        self._step()
        return True

    def _take_sign(self, *signs: str) -> str:
        token = self.now
        if token.kind is not Kind.SIGN or token.text not in signs:
            return ""
        self._step()
        return token.text


def _junction(word: str, parts: list[Syntax]) -> Syntax:
    return parts[0] if len(parts) == 1 else Junction(parts[0].start, parts[-1].end, word, tuple(parts))


def _out_of_place(token: Token, after: Syntax | None) -> Refused:
    """The problem of a token that cannot stand where it stands."""
    if token.kind is Kind.END:
        return Refused("rule-incomplete", max(token.start - 1, 0), token.end)
    if after is not None and token.kind in (Kind.WORD, Kind.NUMBER, Kind.TEXT) and token.text not in SYNTAX_WORDS:
        return Refused("missing-sign", token.start, token.end, found=token.text)
    return Refused("out-of-place", token.start, token.end, found=token.text)
