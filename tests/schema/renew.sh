#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes the committed schemas anew: renew.sh WRITE_SCHEMA POLICY_SCHEMA INCLUDED_SCHEMA
set -eu
"$1" >"$2"
"$1" --included >"$3"
