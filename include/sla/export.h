/* SPDX-License-Identifier: MIT */
/* How a function of libsla is made visible to the programs that link it. */
#ifndef SLA_EXPORT_H
#define SLA_EXPORT_H

#if defined(_WIN32) && !defined(SLA_STATIC)
#ifdef SLA_BUILDING
#define SLA_API __declspec(dllexport)
#else
#define SLA_API __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define SLA_API __attribute__((visibility("default")))
#else
#define SLA_API
#endif

#ifdef __cplusplus
#define SLA_BEGIN_DECLS extern "C" {
#define SLA_END_DECLS }
#else
#define SLA_BEGIN_DECLS
#define SLA_END_DECLS
#endif

#endif
