"""Stationary points of a function under equality constraints: all real ones, their kind, and how one knows."""

from __future__ import annotations

from symcalc.calculus.stationary.analysis import ALL, INFEASIBLE, NONE, lagrange_points
from symcalc.calculus.stationary.claims import point_claims
from symcalc.calculus.stationary.points import stationary_points
from symcalc.calculus.stationary.system import multiplier_names

__all__ = ["ALL", "INFEASIBLE", "NONE", "lagrange_points", "multiplier_names", "point_claims", "stationary_points"]
