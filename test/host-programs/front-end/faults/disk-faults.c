/*
 * A disk that fails, for a program that is loaded with this in front of libc: calls on files below FAULTS_FOLDER fail now and then.
 * One call in FAULTS_EVERY fails, by a chance that FAULTS_SEED begins: with EIO, with ENOSPC, after half of a write, after all of
 * what was asked ("late"), or after a while.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *folder;
static unsigned every;
static atomic_uint turn;

__attribute__((constructor)) static void begin(void) {
  const char *seed = getenv("FAULTS_SEED"), *rate = getenv("FAULTS_EVERY");
  folder = getenv("FAULTS_FOLDER");
  every = rate ? (unsigned)atoi(rate) : 0;
  atomic_store(&turn, seed ? (unsigned)atoi(seed) : 1);
}

static unsigned chance(void) {
  unsigned x = atomic_fetch_add(&turn, 0x9e3779b9u);
  x ^= x >> 16; x *= 0x7feb352du; x ^= x >> 15; x *= 0x846ca68bu;
  return x ^ (x >> 16);
}

static int ours(const char *path) { return folder && path && strncmp(path, folder, strlen(folder)) == 0; }

static int ours_fd(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, sizeof path - 1);
  if (n <= 0) return 0;
  path[n] = 0;
  return ours(path);
}

enum trouble { NONE, BROKEN, FULL, HALF, LATE, SLOW };

static enum trouble next(int mine) {
  if (!mine || every == 0 || chance() % every != 0) return NONE;
  return 1 + chance() % 5;
}

static long fail(enum trouble t) { errno = t == FULL ? ENOSPC : EIO; return -1; }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define SIMPLE(type, name, params, args, mine)          \
  type name params {                                    \
    enum trouble t = next(mine);                        \
    if (t == SLOW) usleep(200000);                      \
    else if (t == LATE) { REAL(name) args; return fail(t); } \
    else if (t != NONE) return fail(t);                 \
    return REAL(name) args;                             \
  }

SIMPLE(int, fdatasync, (int fd), (fd), ours_fd(fd))
SIMPLE(int, fsync, (int fd), (fd), ours_fd(fd))
SIMPLE(int, ftruncate, (int fd, off_t n), (fd, n), ours_fd(fd))
SIMPLE(int, ftruncate64, (int fd, off64_t n), (fd, n), ours_fd(fd))
SIMPLE(int, unlink, (const char *path), (path), ours(path))
SIMPLE(int, rename, (const char *from, const char *to), (from, to), ours(from))

/* A part of a write is what a full disk takes. */
static ssize_t half(int fd, const struct iovec *parts, int count, off64_t at) {
  for (int i = 0; i < count; i++)
    if (parts[i].iov_len > 1) return REAL(pwrite64)(fd, parts[i].iov_base, parts[i].iov_len / 2, at);
  return fail(FULL);
}

static ssize_t writing(int fd, const struct iovec *parts, int count, off64_t at) {
  enum trouble t = next(ours_fd(fd));
  if (t == HALF) return half(fd, parts, count, at);
  if (t == SLOW) usleep(200000);
  if (t == LATE) REAL(pwritev64)(fd, parts, count, at);
  if (t != NONE && t != SLOW) return fail(t);
  return REAL(pwritev64)(fd, parts, count, at);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return writing(fd, parts, count, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return writing(fd, parts, count, at); }
static ssize_t one(int fd, const void *bytes, size_t n, off64_t at) {
  struct iovec part = {(void *)bytes, n};
  return writing(fd, &part, 1, at);
}
ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at) { return one(fd, bytes, n, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at) { return one(fd, bytes, n, at); }

#define OPENS(name)                                                    \
  int name(const char *path, int flags, ...) {                         \
    va_list more;                                                      \
    va_start(more, flags);                                             \
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;          \
    va_end(more);                                                      \
    enum trouble t = next(ours(path));                                 \
    if (t == SLOW) usleep(200000);                                     \
    else if (t != NONE) return (int)fail(t);                           \
    return REAL(name)(path, flags, mode);                              \
  }
OPENS(open)
OPENS(open64)
