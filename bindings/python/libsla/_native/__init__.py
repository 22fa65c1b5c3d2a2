# SPDX-License-Identifier: MIT
"""The C library as Python sees it: where it is, its functions, structs and numbers.

Nothing in here is for users of the package.
"""
