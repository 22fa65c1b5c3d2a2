# SPDX-License-Identifier: MIT
"""Every function of libsla: what it returns and what it takes. The one table of prototypes.

A test compares it with the installed headers, the version script and the library itself.
"""

from ctypes import c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any, Dict, List, Tuple

pointer = c_void_p
text = c_char_p  # NUL-terminated, lives as long as the library
size = c_size_t
time = duration = int64 = c_int64
status = date = int32 = c_int32
uint32 = c_uint32
uint64 = c_uint64

PROTOTYPES: Dict[str, Tuple[Any, List[Any]]] = {
    # <sla/types.h>
    "sla_status_name": (text, [status]),
    "sla_status_text": (text, [status]),
    # <sla/version.h>
    "sla_version": (text, []),
    # <sla/diag.h>
    "sla_diags_count": (size, [pointer]),
    "sla_diags_errors": (size, [pointer]),
    "sla_diags_at": (pointer, [pointer, size]),
    "sla_diag_format": (size, [pointer, pointer, size]),
    "sla_diag_explain": (text, [uint32]),
    "sla_diag_message": (text, [uint32]),
    "sla_diag_severity": (uint32, [uint32]),
    "sla_diag_code_at": (uint32, [size]),
    "sla_diags_free": (None, [pointer]),
    # <sla/policy.h>
    "sla_policy_compile": (status, [pointer, size, pointer, pointer, pointer]),
    "sla_policy_load": (status, [pointer, pointer, pointer, pointer]),
    "sla_policy_ref": (pointer, [pointer]),
    "sla_policy_unref": (None, [pointer]),
    "sla_policy_name": (None, [pointer, pointer]),
    "sla_policy_fingerprint": (None, [pointer, pointer]),
    "sla_policy_calendar": (pointer, [pointer, pointer, size]),
    "sla_policy_calendar_at": (pointer, [pointer, size]),
    "sla_policy_attribute": (uint32, [pointer, pointer, size]),
    "sla_policy_value": (uint32, [pointer, pointer, size]),
    "sla_policy_severity_at": (int32, [pointer, size, pointer]),
    "sla_policy_metric_at": (int32, [pointer, size, pointer]),
    "sla_policy_agreement_at": (int32, [pointer, size, pointer]),
    # <sla/dump.h>
    "sla_policy_dump": (status, [pointer, uint32, pointer]),
    # <sla/calendar.h>
    "sla_calendar_name": (None, [pointer, pointer]),
    "sla_calendar_zone": (None, [pointer, pointer]),
    "sla_calendar_add": (status, [pointer, time, duration, pointer]),
    "sla_calendar_elapsed": (status, [pointer, time, time, pointer]),
    "sla_calendar_is_open": (int32, [pointer, time]),
    "sla_calendar_next_open": (status, [pointer, time, pointer]),
    "sla_calendar_next_close": (status, [pointer, time, pointer]),
    "sla_calendar_is_provisional": (int32, [pointer, time]),
    "sla_target_parse": (status, [pointer, size, pointer]),
    "sla_calendar_due": (status, [pointer, time, pointer, pointer]),
    "sla_calendar_add_many": (status, [pointer, size, pointer, size, pointer, size, pointer,
                                       pointer]),
    "sla_calendar_elapsed_many": (status, [pointer, size, pointer, size, pointer, size, pointer,
                                           pointer]),
    "sla_calendar_due_many": (status, [pointer, size, pointer, size, pointer, pointer, pointer]),
    "sla_calendar_add_columns": (status, [pointer, size, pointer, pointer, pointer]),
    "sla_calendar_elapsed_columns": (status, [pointer, size, pointer, pointer, pointer]),
    "sla_calendar_due_columns": (status, [pointer, size, pointer, pointer, pointer]),
    "sla_calendar_is_workday": (int32, [pointer, date]),
    "sla_calendar_workdays": (status, [pointer, date, date, pointer]),
    "sla_calendar_add_workdays": (status, [pointer, date, int64, pointer]),
    "sla_calendar_date": (status, [pointer, time, pointer]),
    "sla_calendar_day": (status, [pointer, date, pointer, pointer, size]),
    "sla_date_from_civil": (status, [int32, int32, int32, pointer]),
    "sla_date_to_civil": (status, [date, pointer, pointer, pointer]),
    "sla_calendar_parse_time": (status, [pointer, pointer, size, pointer]),
    "sla_calendar_format_time": (int32, [pointer, time, pointer]),
    # <sla/loan.h>
    "sla_loan_new": (status, [uint64, pointer, pointer, pointer, pointer]),
    "sla_loan_ref": (pointer, [pointer]),
    "sla_loan_unref": (None, [pointer]),
    "sla_loan_release_schema": (None, [pointer]),
    "sla_loan_release_array": (None, [pointer]),
    "sla_loan_stream": (status, [pointer, pointer, pointer, pointer]),
    # <sla/classify.h>
    "sla_policy_classify": (status, [pointer, time, pointer, size, pointer]),
    "sla_classification_severity": (None, [pointer, pointer]),
    "sla_classification_attribute": (int32, [pointer, pointer, size, pointer]),
    "sla_classification_derived": (int32, [pointer, size, pointer, pointer]),
    "sla_classification_clock": (int32, [pointer, size, pointer]),
    "sla_classification_agreement": (int32, [pointer, uint32, pointer]),
    "sla_classification_free": (None, [pointer]),
    # <sla/evaluate.h>
    "sla_policy_evaluate_many": (status, [pointer, pointer]),
    # <sla/event.h>
    "sla_event_type_name": (text, [uint32]),
    "sla_kind_name": (text, [uint32]),
    # <sla/engine.h>
    "sla_engine_new": (status, [pointer, pointer, pointer, pointer]),
    "sla_engine_free": (None, [pointer]),
    "sla_engine_update": (status, [pointer, pointer]),
    "sla_engine_update_many": (status, [pointer, pointer, size, pointer, pointer]),
    "sla_engine_rebuild": (status, [pointer, pointer, pointer, size]),
    "sla_engine_advance": (status, [pointer, time]),
    "sla_engine_next_due": (time, [pointer]),
    "sla_engine_now": (time, [pointer]),
    "sla_engine_next_event": (status, [pointer, pointer]),
    "sla_engine_event_done": (status, [pointer]),
    "sla_engine_deliver": (status, [pointer]),
    "sla_engine_clock": (status, [pointer, pointer, uint32, uint32, pointer]),
    "sla_engine_clocks": (status, [pointer, pointer, pointer]),
    "sla_engine_find_clocks": (status, [pointer, pointer, pointer, pointer]),
    "sla_engine_forget": (status, [pointer, pointer]),
    "sla_engine_incidents": (uint64, [pointer]),
    "sla_engine_memory": (uint64, [pointer]),
    # <sla/event_columns.h>
    "sla_engine_events": (status, [pointer, pointer, pointer]),
    "sla_engine_events_done": (status, [pointer, size]),
    "sla_engine_events_waiting": (size, [pointer]),
    "sla_step_events": (status, [pointer, pointer, pointer]),
    # <sla/update_columns.h>
    "sla_engine_update_columns": (status, [pointer, pointer, pointer]),
    # <sla/state.h>
    "sla_engine_save": (status, [pointer, pointer]),
    "sla_engine_save_incident": (status, [pointer, pointer, pointer]),
    "sla_state_bytes": (None, [pointer, pointer, pointer]),
    "sla_state_free": (None, [pointer]),
    "sla_state_describe": (status, [pointer, size, pointer]),
    "sla_moves_count": (size, [pointer]),
    "sla_moves_at": (int32, [pointer, size, pointer]),
    "sla_moves_free": (None, [pointer]),
    "sla_engine_load": (status, [pointer, pointer, size, uint32, pointer]),
    "sla_engine_bind": (status, [pointer, pointer, pointer]),
    "sla_policy_step": (status, [pointer, pointer, size, pointer, time, uint32, pointer]),
    "sla_step_state": (None, [pointer, pointer, pointer]),
    "sla_step_event": (int32, [pointer, size, pointer]),
    "sla_step_next_due": (time, [pointer]),
    "sla_step_free": (None, [pointer]),
    # <sla/explain.h>
    "sla_engine_explain": (status, [pointer, pointer, uint32, uint32, uint32, pointer]),
    "sla_policy_explain": (status, [pointer, time, pointer, size, uint32, uint32, pointer]),
    "sla_explanation_free": (None, [pointer]),
    "sla_explanation_clock": (int32, [pointer, pointer]),
    "sla_explanation_attribute": (int32, [pointer, size, pointer]),
    "sla_explanation_verdict": (int32, [pointer, size, pointer]),
    "sla_explanation_event": (int32, [pointer, size, pointer]),
    "sla_explanation_part": (int32, [pointer, pointer, pointer]),
    "sla_explanation_text": (size, [pointer, uint32, pointer, size]),
    # <sla/goal.h>
    "sla_policy_goal_at": (int32, [pointer, size, pointer]),
    "sla_policy_goal_metric": (uint32, [pointer, size, size]),
    "sla_policy_goal_agreement": (uint32, [pointer, size, size]),
    "sla_engine_goal": (int32, [pointer, size, pointer]),
    "sla_classification_goal": (int32, [pointer, size, size]),
    "sla_policy_goal_period": (status, [pointer, size, time, pointer, pointer]),
    "sla_goal_judge": (uint32, [uint32, uint64, uint64, uint64]),
    # <sla/policy_test.h>
    "sla_policy_test_at": (int32, [pointer, size, pointer]),
    "sla_policy_test_run": (status, [pointer, size, pointer]),
    "sla_test_run_count": (size, [pointer]),
    "sla_test_run_mismatch": (int32, [pointer, size, pointer]),
    "sla_test_run_free": (None, [pointer]),
}

# Those that may take long: while they run other threads of Python go on. All others are so short
# that letting go of the interpreter would cost more than the call.
SLOW = {
    "sla_calendar_add_columns",
    "sla_calendar_add_many",
    "sla_calendar_due_columns",
    "sla_calendar_due_many",
    "sla_calendar_elapsed_columns",
    "sla_calendar_elapsed_many",
    "sla_engine_advance",
    "sla_engine_bind",
    "sla_engine_events",
    "sla_engine_free",
    "sla_engine_load",
    "sla_engine_rebuild",
    "sla_engine_save",
    "sla_engine_update_columns",
    "sla_engine_update_many",
    "sla_policy_compile",
    "sla_policy_evaluate_many",
    "sla_policy_load",
    "sla_policy_test_run",
}
