"""Recurrences for the coefficients of power series, from the differential equations of the elementary functions.

Knuth, The Art of Computer Programming 2, section 4.7; Griewank and Walther, Evaluating Derivatives, chapter 13. A series is
the list of its coefficients, elements of a `Ring`; u_k is the coefficient of t^k.
"""

from __future__ import annotations

from typing import Any, Protocol

from flint import fmpq_series

from symcalc.calculus.series.rationals import Series, applied


class Ring(Protocol):
    """Where coefficients live: they are added, subtracted and multiplied with each other and with integers."""

    zero: Any
    one: Any

    def share(self, c: Any, k: int) -> Any:
        """c/k."""

    def reciprocal(self, c: Any) -> Any:
        """1/c for the constant term c of a series that does not vanish at the point."""

    def multiply(self, a: Series, b: Series) -> Series:
        """The product, as long as a."""

    def rational(self, u: Series) -> Series | None:
        """The series without its constant term, where FLINT's series of rational numbers know it; otherwise None."""


def convolution(a: Series, b: Series, zero: Any) -> Series:
    """The product of two series, as long as a."""
    out = [zero] * len(a)
    filled = [(j, c) for j, c in enumerate(b) if c]
    for i, c in enumerate(a):
        if c:
            for j, d in filled:
                if i + j >= len(a):
                    break
                out[i + j] += c * d
    return out


def power(ring: Ring, u: Series, k: int) -> Series:
    """u^k for k ≥ 0 by repeated squaring."""
    out = u if k else [ring.one] + [ring.zero] * (len(u) - 1)
    for bit in bin(k)[3:]:
        out = ring.multiply(out, out)
        if bit == "1":
            out = ring.multiply(out, u)
    return out


def _slopes(u: Series) -> list[tuple[int, Any]]:
    """(j, j·u_j) where it is not 0."""
    return [(j, c * j) for j, c in enumerate(u) if j and c]


def _sum(slopes: list[tuple[int, Any]], out: Series, k: int, zero: Any) -> Any:
    """Σ j·u_j·out_(k-j) over 1 ≤ j ≤ k."""
    total = zero
    for j, c in slopes:
        if j > k:
            break
        total += c * out[k - j]
    return total


def exponential(ring: Ring, u: Series, start: Any) -> Series:
    """e' = u'·e: k·e_k = Σ j·u_j·e_(k-j)."""
    v = ring.rational(u)
    if v is not None:
        return [start * c for c in applied(fmpq_series.exp, v)]
    out, slopes = [start], _slopes(u)
    for k in range(1, len(u)):
        out.append(ring.share(_sum(slopes, out, k, ring.zero), k))
    return out


def logarithm(ring: Ring, u: Series, start: Any) -> Series:
    """l' = u'/u: k·u_0·l_k = k·u_k - Σ j·l_j·u_(k-j)."""
    out, scale = [start], ring.reciprocal(u[0])
    v = ring.rational([c * scale for c in u])
    if v is not None:
        return [start, *applied(lambda w: (w + 1).log(), v)[1:]]
    for k in range(1, len(u)):
        total = u[k] * k
        for j in range(1, k):
            if u[k - j]:
                total -= out[j] * u[k - j] * j
        out.append(ring.share(total * scale, k))
    return out


def real_power(ring: Ring, u: Series, exponent: Any, start: Any) -> Series:
    """p = u^r from u·p' = r·u'·p: k·u_0·p_k = Σ ((r + 1)·j - k)·u_j·p_(k-j)."""
    out, scale = [start], ring.reciprocal(u[0])
    v = ring.rational([*(c * scale for c in u), exponent])
    if v is not None:
        return [start * c for c in applied(lambda w: (exponent * (w + 1).log()).exp(), v[:-1])]
    filled = [(j, c) for j, c in enumerate(u) if j and c]
    for k in range(1, len(u)):
        total = ring.zero
        for j, c in filled:
            if j > k:
                break
            total += c * out[k - j] * (exponent * j + (j - k))
        out.append(ring.share(total * scale, k))
    return out


def inverse(ring: Ring, u: Series) -> Series:
    """1/u: v_k = -Σ u_j·v_(k-j)/u_0."""
    scale = ring.reciprocal(u[0])
    v = ring.rational([c * scale for c in u])
    if v is not None:
        return [scale * c for c in applied(lambda w: (w + 1).inv(), v)]
    out, filled = [ring.one * scale], [(j, c) for j, c in enumerate(u) if j and c]
    for k in range(1, len(u)):
        total = ring.zero
        for j, c in filled:
            if j > k:
                break
            total += c * out[k - j]
        out.append(-(total * scale))
    return out


def sine_and_cosine(ring: Ring, u: Series, s: Any, c: Any, sign: int) -> tuple[Series, Series]:
    """s' = u'·c and c' = sign·u'·s, for sin and cos (sign -1) or sinh and cosh (sign 1)."""
    v = ring.rational(u)
    if v is not None:
        odd, even = (fmpq_series.sin, fmpq_series.cos) if sign < 0 else (fmpq_series.sinh, fmpq_series.cosh)
        a, b = applied(odd, v), applied(even, v)
        return [s * q + c * p for p, q in zip(a, b, strict=True)], [c * q + s * p * sign for p, q in zip(a, b, strict=True)]
    sines, cosines, slopes = [s], [c], _slopes(u)
    for k in range(1, len(u)):
        by_cosine, by_sine = _sum(slopes, cosines, k, ring.zero), _sum(slopes, sines, k, ring.zero)
        sines.append(ring.share(by_cosine, k))
        cosines.append(ring.share(by_sine, k * sign))
    return sines, cosines


def tangent(ring: Ring, u: Series, start: Any, sign: int) -> Series:
    """t' = (1 + sign·t²)·u'."""
    v = None if start else ring.rational(u)
    if v is not None:
        return applied(fmpq_series.tan if sign > 0 else fmpq_series.tanh, v)
    out, slopes = [start], _slopes(u)
    squares = [start * start]
    for k in range(1, len(u)):
        out.append(ring.share(u[k] * k + _sum(slopes, squares, k, ring.zero) * sign, k))
        half = ring.zero
        for i in range((k + 1) // 2):
            half += out[i] * out[k - i]
        squares.append(half * 2 + (out[k // 2] * out[k // 2] if k % 2 == 0 else ring.zero))
    return out


def lambert(ring: Ring, u: Series, w: Any, grown: Any) -> Series:
    """w·e^w = u, so that w'·(u + e^w) = u' (DLMF 4.13.4); g = e^w follows from g' = g·w'. Here `grown` is g_0."""
    out, exponentials = [w], [grown]
    slopes: list[tuple[int, Any]] = []
    scale = ring.reciprocal(grown * (w + 1))
    for k in range(1, len(u)):
        total = u[k] * k
        for j, c in slopes:
            total -= c * (u[k - j] + exponentials[k - j])
        out.append(ring.share(total * scale, k))
        if out[k]:
            slopes.append((k, out[k] * k))
        exponentials.append(ring.share(_sum(slopes, exponentials, k, ring.zero), k))
    return out


def integral(ring: Ring, u: Series, slope: Series, start: Any) -> Series:
    """y' = slope·u'."""
    turned = ring.multiply([c * j for j, c in enumerate(u)], slope)
    return [start, *(ring.share(c, k) for k, c in enumerate(turned[1:], start=1))]
