/* A wall clock that is off, for a process that preloads this: by $SOAK_CLOCK_OFF seconds, or by as many as the file $SOAK_CLOCK_FILE says just now.
   Nothing else is touched. libfaketime also changes how long threads sleep and wait, which no jump of a clock does: sleeps fail and locks stall. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long off_by(void) {
    static long off, asked = -1;
    struct timespec at;
    const char *name = getenv("SOAK_CLOCK_FILE"), *fixed = getenv("SOAK_CLOCK_OFF");
    char said[32] = {0};
    if (!name) return fixed ? atol(fixed) : 0;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &at);
    long now = at.tv_sec * 5 + at.tv_nsec / 200000000;
    if (now != asked) {
        int file = open(name, O_RDONLY | O_CLOEXEC);
        if (file >= 0 && read(file, said, sizeof said - 1) > 0) off = atol(said);
        if (file >= 0) close(file);
        asked = now;
    }
    return off;
}

int clock_gettime(clockid_t which, struct timespec *at) {
    int code = (int)syscall(SYS_clock_gettime, which, at);
    if (!code && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) at->tv_sec += off_by();
    return code;
}

int gettimeofday(struct timeval *at, void *zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
