"""Write tests/cases/random_systems.json: 60 random systems with all their stationary points, found without symcalc.

python bench/stationary_counts.py            needs numpy and mpmath

The Lagrange system is solved by a total-degree homotopy in projective space (Sommese and Wampler, The Numerical Solution of
Systems of Polynomials, chapters 7 and 8). Every end point is refined to 60 digits and certified by the theorem of Newton and
Kantorovich, so the zeros are shown to exist and to be distinct. There cannot be more than
(d-1)^n of them for f of degree d in n variables, and 2·Σ_{i<n} (d-1)^i on a quadric (Nie and Ranestad, Algebraic degree of
polynomial optimization, SIAM J. Optim. 20, 2009, theorem 2.2): where that many are certified, the list is complete.
A zero is real when its conjugate lies in the same ball of uniqueness.
"""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import mpmath
import numpy as np

TARGET = Path(__file__).parents[1] / "tests/cases/random_systems.json"
SHAPES = [(2, 2), (2, 3), (2, 4), (3, 2), (3, 3), (3, 4), (4, 2), (4, 3)]
"""Numbers of variables and degrees."""

ROUNDS = {"free": range(3), "sphere": range(2), "ellipsoid": range(2)}
EXTRA = [("sphere", 3, 3, 5), ("sphere", 3, 4, 5), ("ellipsoid", 3, 4, 5), ("free", 4, 4, 5)]
mpmath.mp.dps = 60
Polynomial = dict[tuple[int, ...], int]


def dense(rng: random.Random, n: int, d: int) -> Polynomial:
    """Every monomial of degree 1 to d with a coefficient from -5 to 5, not 0."""
    powers = (m for m in itertools.product(range(d + 1), repeat=n) if 0 < sum(m) <= d)
    return {m: rng.choice([c for c in range(-5, 6) if c]) for m in powers}


def quadric(rng: random.Random, n: int, kind: str) -> Polynomial:
    axes = [rng.randint(1, 6) if kind == "ellipsoid" else 1 for _ in range(n)]
    squares = {tuple(2 * (i == j) for j in range(n)): a for i, a in enumerate(axes)}
    return squares | {(0,) * n: -rng.randint(1, 9)}


def slope(p: Polynomial, i: int) -> Polynomial:
    return {(*m[:i], m[i] - 1, *m[i + 1 :]): c * m[i] for m, c in p.items() if m[i]}


def system(f: Polynomial, g: Polynomial | None, n: int) -> list[Polynomial]:
    """∂f/∂x - λ ∂g/∂x and g in (x, λ), or the gradient of f."""
    if g is None:
        return [slope(f, i) for i in range(n)]
    rows = []
    for i in range(n):
        row = {(*m, 0): c for m, c in slope(f, i).items()}
        rows.append(row | {(*m, 1): -c for m, c in slope(g, i).items()})
    return [*rows, {(*m, 0): c for m, c in g.items()}]


def bound(n: int, d: int, free: bool) -> int:
    return (d - 1) ** n if free else 2 * sum((d - 1) ** i for i in range(n))


# --- homotopy ------------------------------------------------------------------------------------------------------


class Batch:
    """Homogeneous polynomials and their slopes at many points at once."""

    def __init__(self, rows: list[Polynomial]) -> None:
        degree = [max(map(sum, row)) for row in rows]
        whole = [{(*m, d - sum(m)): c for m, c in row.items()} for row, d in zip(rows, degree, strict=True)]
        size = len(rows) + 1
        self.degree, self.size = degree, size
        self.values_of = [self._table(p) for p in whole]
        self.slopes_of = [[self._table(slope(p, j)) for j in range(size)] for p in whole]
        self.highest = max(degree)

    @staticmethod
    def _table(p: Polynomial):
        return np.array(list(p) or [(0,)], dtype=int), np.array(list(p.values()) or [0], dtype=complex)

    def at(self, z):
        powers = np.ones((self.highest + 1, *z.shape), dtype=complex)
        for k in range(1, self.highest + 1):
            powers[k] = powers[k - 1] * z

        def value(table):
            exponents, coefficients = table
            product = np.ones((z.shape[0], len(coefficients)), dtype=complex)
            for j in range(exponents.shape[1]):
                product *= powers[exponents[:, j], :, j].T
            return product @ coefficients

        values = np.stack([value(t) for t in self.values_of], axis=1)
        slopes = np.stack([np.stack([value(t) for t in row], axis=1) for row in self.slopes_of], axis=1)
        return values, slopes


def end_points(rows: list[Polynomial], seed: int):
    """Where the paths of the homotopy end, in affine coordinates; those that go to infinity are left out."""
    rng = np.random.default_rng(seed)
    batch = Batch(rows)
    size = len(rows)
    gamma = np.exp(2j * np.pi * rng.random(size))
    shift = np.exp(2j * np.pi * rng.random(size))
    roots = [[(s * np.exp(2j * np.pi * k / d)) for k in range(d)] for s, d in zip(shift, batch.degree, strict=True)]
    z = np.array([[*combination, 1.0] for combination in itertools.product(*roots)])
    patch = rng.normal(size=size + 1) + 1j * rng.normal(size=size + 1)
    z = z / (z @ patch)[:, None]
    start_powers = np.array(batch.degree)
    constants = shift**start_powers

    def homotopy(z, t):
        f, slopes = batch.at(z)
        last = z[:, -1:]
        g = gamma * (z[:, :-1] ** start_powers - constants * last**start_powers)
        dg = np.zeros_like(slopes)
        for i, d in enumerate(batch.degree):
            dg[:, i, i] = gamma[i] * d * z[:, i] ** (d - 1)
            dg[:, i, -1] = -gamma[i] * constants[i] * d * z[:, -1] ** (d - 1)
        t1 = t[:, None]
        h = np.concatenate([(1 - t1) * g + t1 * f, (z @ patch)[:, None] - 1], axis=1)
        top = (1 - t1[..., None]) * dg + t1[..., None] * slopes
        jacobian = np.concatenate([top, np.broadcast_to(patch, (len(z), 1, size + 1))], axis=1)
        speed = np.concatenate([f - g, np.zeros((len(z), 1))], axis=1)
        return h, jacobian, speed

    def solve(a, b):
        return np.linalg.solve(a + 1e-300, b[..., None])[..., 0]

    def tangent(z, t):
        _, jacobian, speed = homotopy(z, t)
        return -solve(jacobian, speed)

    t, step = np.zeros(len(z)), np.full(len(z), 0.02)
    alive = np.ones(len(z), dtype=bool)
    for _ in range(3000):
        i = np.flatnonzero(alive & (t < 1))
        if not len(i):
            break
        h = np.minimum(step[i], 1 - t[i])
        try:
            k1 = tangent(z[i], t[i])
            k2 = tangent(z[i] + h[:, None] / 2 * k1, t[i] + h / 2)
            k3 = tangent(z[i] + h[:, None] / 2 * k2, t[i] + h / 2)
            k4 = tangent(z[i] + h[:, None] * k3, t[i] + h)
            guess = z[i] + h[:, None] / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
            for _ in range(3):
                values, jacobian, _ = homotopy(guess, t[i] + h)
                move = solve(jacobian, values)
                guess = guess - move
        except np.linalg.LinAlgError:
            step[i] /= 2
            alive[i] = step[i] > 1e-9
            continue
        size_of = np.linalg.norm(move, axis=1) / np.linalg.norm(guess, axis=1)
        jump = np.linalg.norm(guess - z[i], axis=1) / np.linalg.norm(z[i], axis=1)
        good = (size_of < 1e-9) & (jump < 0.3)
        z[i[good]], t[i[good]] = guess[good], t[i[good]] + h[good]
        step[i] = np.where(good, np.minimum(step[i] * 1.5, 0.1), step[i] / 2)
        alive[i] = step[i] > 1e-9
    ended = z[t > 1 - 1e-6]
    ended = ended[np.abs(ended[:, -1]) > 1e-7 * np.linalg.norm(ended, axis=1)]
    return ended[:, :-1] / ended[:, -1:]


# --- certificates --------------------------------------------------------------------------------------------------


def at(p: Polynomial, z) -> mpmath.mpc:
    return mpmath.fsum(c * mpmath.fprod(x**k for x, k in zip(z, m, strict=True) if k) for m, c in p.items())


class Certifier:
    def __init__(self, rows: list[Polynomial]) -> None:
        n = len(rows)
        self.rows, self.first = rows, [[slope(p, j) for j in range(n)] for p in rows]
        self.second = [[slope(q, k) for q in row for k in range(n)] for row in self.first]

    def refined(self, start):
        """(zero, radius of existence, radius of uniqueness), or None where Newton and Kantorovich's test fails."""
        z = mpmath.matrix([mpmath.mpc(complex(a)) for a in start])
        for _ in range(9):
            slopes = mpmath.matrix([[at(q, z) for q in row] for row in self.first])
            try:
                move = mpmath.lu_solve(slopes, mpmath.matrix([at(p, z) for p in self.rows]))
            except ZeroDivisionError:
                return None
            z = z - move
        slopes = mpmath.matrix([[at(q, z) for q in row] for row in self.first])
        inverse = slopes**-1
        eta = mpmath.norm(inverse * mpmath.matrix([at(p, z) for p in self.rows]), mpmath.inf) + mpmath.mpf(10) ** -45
        radius = mpmath.mpf("0.01")
        outer = [abs(a) + radius for a in z]
        absolute = [[{m: abs(c) for m, c in p.items()} for p in row] for row in self.second]
        lipschitz = max(mpmath.fsum(at(p, outer) for p in row) for row in absolute)
        k = mpmath.mnorm(inverse, mpmath.inf) * lipschitz
        if k * eta > mpmath.mpf(1) / 2 or 2 * eta > radius:
            return None
        return list(z), 2 * eta, min(radius, 1 / k if k else radius)


def zeros(rows: list[Polynomial], wanted: int):
    """All complex zeros, certified and distinct; raises ValueError where fewer than `wanted` were found."""
    certifier = Certifier(rows)
    found: list[tuple] = []
    for seed in range(6):
        for start in end_points(rows, seed):
            candidates = [certifier.refined(start)]
            if candidates[0] is not None:
                z, near, alone = candidates[0]
                candidates.append(([mpmath.conj(a) for a in z], near, alone))
            for new in candidates:
                if new is not None and not any(apart(new[0], old[0]) < old[2] for old in found):
                    found.append(new)
        if len(found) >= wanted:
            break
    assert all(apart(a[0], b[0]) > a[1] + b[1] for a, b in itertools.combinations(found, 2))
    if len(found) != wanted:
        raise ValueError(f"{len(found)} zeros of {wanted}")
    return found


def apart(a, b):
    return max(abs(p - q) for p, q in zip(a, b, strict=True))


def real_ones(found: list[tuple]) -> list[list]:
    real = []
    for z, near, alone in found:
        imaginary = max(abs(a.imag) for a in z)
        if imaginary < near and 2 * imaginary < alone / 2:
            real.append([a.real for a in z])
        else:
            assert imaginary > 2 * near
    return real


def text(p: Polynomial) -> str:
    n = len(next(iter(p)))
    names = [f"x{i + 1}" for i in range(n)]

    def term(m, c):
        powers = [x if k == 1 else f"{x}^{k}" for x, k in zip(names, m, strict=True) if k]
        return "*".join([str(c), *powers]) if abs(c) != 1 or not powers else ("-" if c < 0 else "") + "*".join(powers)

    return "+".join(term(m, c) for m, c in p.items()).replace("+-", "-")


def case(kind: str, n: int, d: int, seed: int) -> dict:
    """A random system of which all zeros were certified. Where some lie at infinity, another one is drawn."""
    for attempt in range(10):
        rng = random.Random(f"{kind} {n} {d} {seed} {attempt}")
        f = dense(rng, n, d)
        g = quadric(rng, n, kind) if kind != "free" else None
        wanted = bound(n, d, g is None)
        try:
            found = zeros(system(f, g, n), wanted)
        except ValueError as error:
            print(kind, n, d, seed, attempt, error, flush=True)
            continue
        points = sorted([[mpmath.nstr(a, 20) for a in z[:n]] for z in real_ones(found)], key=lambda p: list(map(float, p)))
        name = f"{kind} n={n} d={d} seed {seed}"
        print(name, wanted, len(points), flush=True)
        constraint = {"constraint": f"{text(g)} = 0"} if g else {"constraint": None}
        return {"id": name, "objective": text(f), **constraint, "complex": wanted, "points": points}
    raise RuntimeError(f"{kind} {n} {d} {seed}: no system with all its zeros")


def main() -> None:
    wanted = [(kind, n, d, seed) for kind, seeds in ROUNDS.items() for n, d in SHAPES for seed in seeds]
    cases = [case(*key) for key in [*wanted, *EXTRA]]
    about = (
        "All real stationary points of random dense polynomials, and how many complex ones: bench/stationary_counts.py wrote it."
    )
    rows = ",\n".join(json.dumps(c) for c in cases)
    TARGET.write_text(f'{{"about": {json.dumps(about)},\n"cases": [\n{rows}\n]}}\n', "utf-8")
    print(len(cases), "systems")


if __name__ == "__main__":
    main()
