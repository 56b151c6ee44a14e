/* Stands between a program and the disk, below one folder: counts what changes files there, fails or
 * tears one such operation, or logs all of them for the replay of a power cut.
 *
 * Loaded with LD_PRELOAD (Linux, 64 bit). Set up by the environment (SHIM_FOLDER, SHIM_LOG, SHIM_FAIL as
 * "number mode rest") or by the functions at the end. Built by tests/faults/shim.py.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 4096
#define API __attribute__((visibility("default")))

enum kind { CREATE = 1, TRUNCATE, WRITE, SYNC, SYNC_FOLDER, RENAME, UNLINK, MKDIR, RMDIR, MARK };
enum mode { COUNT = 0, NO_IO = 1, NO_SPACE = 2, TORN = 3 };

struct held {
    int watched;
    int broken; /* a torn write reports its error with the next write */
    dev_t dev;
    ino_t ino;
    char *path;
};
struct entry {
    uint32_t kind, path_size, other_size, unused;
    uint64_t ino, offset, size;
};

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static struct held files[MOST_FILES];
static char folder[PATH_MAX];
static size_t folder_size;
static int log_file = -1;
static int armed, mode, all_after, fired;
static long count, target;
static unsigned long counts[MARK + 1];
static char hit[PATH_MAX + 64];
static const char *NAMES[] = {"",       "create", "truncate", "write", "sync", "sync folder",
                              "rename", "unlink", "mkdir",    "rmdir", "mark"};

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int below(const char *path) {
    return folder_size && !strncmp(path, folder, folder_size) &&
           (path[folder_size] == '/' || !path[folder_size]);
}

/* The absolute path of a name, or NULL when it does not lie below the folder. */
static const char *place(int at, const char *path, char *buffer) {
    if (!folder_size || !path) return NULL;
    if (path[0] != '/') {
        char link[64];
        snprintf(link, sizeof link, at == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", at);
        ssize_t size = readlink(link, buffer, PATH_MAX / 2);
        if (size < 0 || strlen(path) > PATH_MAX / 2 - 2) return NULL;
        buffer[size] = '/';
        strcpy(buffer + size + 1, path);
    } else if (strlen(path) < PATH_MAX) {
        strcpy(buffer, path);
    }
    return below(buffer) ? buffer : NULL;
}

static struct held *known(int fd) {
    struct stat now;
    if (fd < 0 || fd >= MOST_FILES || !files[fd].watched || fstat(fd, &now)) return NULL;
    if (now.st_dev == files[fd].dev && now.st_ino == files[fd].ino) return &files[fd];
    files[fd].watched = 0; /* closed in a way that was not seen, and used again */
    return NULL;
}

static void hold(int fd, const char *path) {
    struct stat now;
    if (fd < 0 || fd >= MOST_FILES || fstat(fd, &now)) return;
    free(files[fd].path);
    files[fd] = (struct held){1, 0, now.st_dev, now.st_ino, strdup(path)};
}

static void note(enum kind kind, ino_t ino, const char *path, const char *other, uint64_t offset,
                 const void *data, uint64_t size) {
    if (log_file < 0) return;
    struct entry head = {kind,  (uint32_t)strlen(path), (uint32_t)strlen(other), 0, (uint64_t)ino,
                         offset, size};
    struct iovec parts[] = {{&head, sizeof head},
                            {(void *)path, head.path_size},
                            {(void *)other, head.other_size},
                            {(void *)data, data ? size : 0}};
    if (REAL(writev)(log_file, parts, 4) < 0) abort();
}

/* Counts an operation; returns what to do with it: nothing (COUNT), or a way to fail. */
static enum mode fate(enum kind kind, const char *path) {
    if (!armed) return COUNT;
    count++;
    counts[kind]++;
    if (mode == COUNT || (all_after ? count < target : count != target)) return COUNT;
    if (!fired) snprintf(hit, sizeof hit, "%s %s", NAMES[kind], path + folder_size);
    fired = 1;
    return count == target ? mode : (mode == TORN ? NO_IO : mode);
}

static int refuse(enum mode how) {
    errno = how == NO_SPACE ? ENOSPC : EIO;
    return -1;
}

/* Does a call that has no parts: before it, or (torn) after it, the disk reports a failure. */
#define WHOLE(kind_, path_, ino_, other_, offset_, call)                                          \
    do {                                                                                          \
        pthread_mutex_lock(&gate);                                                                \
        enum mode how_ = fate(kind_, path_);                                                      \
        int done_ = how_ == COUNT || how_ == TORN ? (call) : refuse(how_);                        \
        int error_ = errno;                                                                       \
        if (!done_) note(kind_, ino_, path_, other_, offset_, NULL, 0);                           \
        if (!done_ && how_ == TORN) done_ = refuse(how_), error_ = errno;                         \
        pthread_mutex_unlock(&gate);                                                              \
        errno = error_;                                                                           \
        return done_;                                                                             \
    } while (0)

static int open_at(int at, const char *path, int flags, mode_t rights) {
    char buffer[PATH_MAX];
    const char *where = place(at, path, buffer);
    int (*call)(int, const char *, int, ...) = (int (*)(int, const char *, int, ...))real("openat");
    if (!where) return call(at, path, flags, rights);
    pthread_mutex_lock(&gate);
    struct stat before;
    int there = !stat(where, &before);
    int makes = (flags & O_CREAT) && !there;
    int empties = (flags & O_TRUNC) && there && (flags & O_ACCMODE) != O_RDONLY;
    enum mode how = makes || empties ? fate(makes ? CREATE : TRUNCATE, where) : COUNT;
    int fd = how == COUNT || how == TORN ? call(at, path, flags, rights) : refuse(how);
    int error = errno;
    if (fd >= 0) {
        hold(fd, where);
        if (makes || empties)
            note(makes ? CREATE : TRUNCATE, files[fd].ino, where, "", 0, NULL, 0);
        if (how == TORN) {
            REAL(close)(fd);
            files[fd].watched = 0;
            fd = refuse(how), error = errno;
        }
    }
    pthread_mutex_unlock(&gate);
    errno = error;
    return fd;
}

#define RIGHTS                                                                                    \
    mode_t rights = 0;                                                                            \
    if (flags & (O_CREAT | __O_TMPFILE)) {                                                        \
        va_list more;                                                                             \
        va_start(more, flags);                                                                    \
        rights = va_arg(more, mode_t);                                                            \
        va_end(more);                                                                             \
    }
API int open(const char *path, int flags, ...) { RIGHTS return open_at(AT_FDCWD, path, flags, rights); }
API int open64(const char *path, int flags, ...) { RIGHTS return open_at(AT_FDCWD, path, flags, rights); }
API int openat(int at, const char *path, int flags, ...) { RIGHTS return open_at(at, path, flags, rights); }
API int openat64(int at, const char *path, int flags, ...) { RIGHTS return open_at(at, path, flags, rights); }

API int close(int fd) {
    if (fd >= 0 && fd < MOST_FILES) files[fd].watched = 0;
    return REAL(close)(fd);
}

static ssize_t put(int fd, const void *data, size_t size, off_t offset, int moves) {
    struct held *file = known(fd);
    if (!file) return moves ? REAL(write)(fd, data, size) : REAL(pwrite)(fd, data, size, offset);
    pthread_mutex_lock(&gate);
    if (moves) offset = fcntl(fd, F_GETFL) & O_APPEND ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    enum mode how = fate(WRITE, file->path);
    if (file->broken) how = NO_IO, file->broken = 0;
    if (how == TORN) size /= 2, file->broken = size > 0;
    ssize_t done = how == NO_IO || how == NO_SPACE || (how == TORN && !size)
                       ? refuse(how)
                       : (moves ? REAL(write)(fd, data, size) : REAL(pwrite)(fd, data, size, offset));
    int error = errno;
    if (done > 0) note(WRITE, file->ino, file->path, "", (uint64_t)offset, data, (uint64_t)done);
    pthread_mutex_unlock(&gate);
    errno = error;
    return done;
}
API ssize_t write(int fd, const void *data, size_t size) { return put(fd, data, size, 0, 1); }
API ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return put(fd, data, size, at, 0); }
API ssize_t pwrite64(int fd, const void *data, size_t size, off_t at) { return put(fd, data, size, at, 0); }
API ssize_t writev(int fd, const struct iovec *parts, int number) {
    /* one part at a time, which a caller must bear: it may write less than it was given */
    if (!known(fd) || number < 1) return REAL(writev)(fd, parts, number);
    return put(fd, parts[0].iov_base, parts[0].iov_len, 0, 1);
}
/* Copies inside the kernel carry no data past us; their callers go back to read and write. */
API ssize_t sendfile64(int to, int from, off_t *at, size_t size) {
    ssize_t (*call)(int, int, off_t *, size_t) = (ssize_t (*)(int, int, off_t *, size_t))real("sendfile64");
    return known(to) ? (errno = ENOSYS, -1) : call(to, from, at, size);
}
API ssize_t copy_file_range(int from, off_t *at, int to, off_t *there, size_t size, unsigned flags) {
    return known(to) ? (errno = ENOSYS, -1) : REAL(copy_file_range)(from, at, to, there, size, flags);
}

static int sync_file(int fd, int (*call)(int)) {
    struct held *file = known(fd);
    struct stat now;
    if (!file || fstat(fd, &now)) return call(fd);
    enum kind kind = S_ISDIR(now.st_mode) ? SYNC_FOLDER : SYNC;
    WHOLE(kind, file->path, file->ino, "", 0, call(fd));
}
API int fsync(int fd) { return sync_file(fd, REAL(fsync)); }
API int fdatasync(int fd) { return sync_file(fd, REAL(fdatasync)); }

API int ftruncate(int fd, off_t size) {
    struct held *file = known(fd);
    if (!file) return REAL(ftruncate)(fd, size);
    WHOLE(TRUNCATE, file->path, file->ino, "", (uint64_t)size, REAL(ftruncate)(fd, size));
}
API int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }

API int renameat(int from, const char *old, int to, const char *new) {
    char one[PATH_MAX], two[PATH_MAX];
    const char *source = place(from, old, one), *goal = place(to, new, two);
    if (!source || !goal) return REAL(renameat)(from, old, to, new);
    WHOLE(RENAME, source, 0, goal, 0, REAL(renameat)(from, old, to, new));
}
API int rename(const char *old, const char *new) { return renameat(AT_FDCWD, old, AT_FDCWD, new); }

API int unlinkat(int at, const char *path, int flags) {
    char buffer[PATH_MAX];
    const char *where = place(at, path, buffer);
    struct stat before;
    if (!where || lstat(where, &before)) return REAL(unlinkat)(at, path, flags);
    WHOLE(flags & AT_REMOVEDIR ? RMDIR : UNLINK, where, before.st_ino, "", 0,
          REAL(unlinkat)(at, path, flags));
}
API int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
API int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

API int mkdirat(int at, const char *path, mode_t rights) {
    char buffer[PATH_MAX];
    const char *where = place(at, path, buffer);
    if (!where) return REAL(mkdirat)(at, path, rights);
    WHOLE(MKDIR, where, 0, "", 0, REAL(mkdirat)(at, path, rights));
}
API int mkdir(const char *path, mode_t rights) { return mkdirat(AT_FDCWD, path, rights); }

/* What a test calls. */
API void shim_watch(const char *path) {
    snprintf(folder, sizeof folder, "%s", path);
    folder_size = strlen(folder);
}
API void shim_arm(long number, int how, int rest) {
    pthread_mutex_lock(&gate);
    count = 0, target = number, mode = how, all_after = rest, fired = 0, armed = 1, hit[0] = 0;
    memset(counts, 0, sizeof counts);
    pthread_mutex_unlock(&gate);
}
API void shim_disarm(void) { armed = 0; }
API long shim_count(void) { return count; }
API long shim_count_of(int kind) { return kind > 0 && kind <= MARK ? (long)counts[kind] : 0; }
API int shim_fired(void) { return fired; }
API const char *shim_hit(void) { return hit; }
API void shim_log(const char *path) {
    if (log_file >= 0) REAL(close)(log_file);
    log_file = path[0] ? open_at(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
}
API void shim_mark(const char *text) {
    pthread_mutex_lock(&gate);
    note(MARK, 0, text, "", 0, NULL, 0);
    pthread_mutex_unlock(&gate);
}

__attribute__((constructor)) static void from_environment(void) {
    const char *path = getenv("SHIM_FOLDER"), *fail = getenv("SHIM_FAIL"), *log = getenv("SHIM_LOG");
    long number;
    int how, rest;
    if (path) shim_watch(path);
    if (log) shim_log(log);
    if (fail && sscanf(fail, "%ld %d %d", &number, &how, &rest) == 3) shim_arm(number, how, rest);
}
