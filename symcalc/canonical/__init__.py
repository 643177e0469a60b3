"""SymPy's objects made at once where SymPy would ask much and find nothing.

SymPy looks at every argument of a sum, product, power or function for infinities, matrices, orders and factors that do not
commute, evaluates every power anew, and asks whether a sum is zero, imaginary or a multiple of π. Where the parts are names,
functions and rational numbers, the canonical form can be told from the arguments alone. It is made here then; everything else is
left to SymPy. What comes out is what SymPy makes of the same arguments, but for a
name that is assumed to be zero: in an exponent it stays.
"""
