/* corpus_main.c: a ROUSE_MAIN that is out to break the program. It is linked before the library's.

   A made future is a value, so the same program can be started any number of times. It is run with
   its Nth turn followed by a cancel, for N = 1, 2, 3..., and with its Nth allocation failing, until
   a run gets by without; and to its end with its ready order shuffled. After each run nothing may
   be allocated. What was hit is counted, printed on stderr, and may not be less than the two
   numbers given: a loop that hits nothing proves nothing.

   With --virtual it is kind: the program runs once, as it is, on the virtual clock. */
#include "programs.h"
#include "virtual.h"
#include <rouse/rouse.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 50 };

struct attempt {
    unsigned cancel_at, fail_at; /* 0: not at all */
    uint64_t seed;               /* shuffles the ready order, in hostile builds */
    unsigned turns, allocations;
    size_t live;
    bool hit, ended;
};

static void *allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    struct attempt *attempt = data;
    (void)old_size;
    if (new_size == 0) {
        attempt->live -= block != NULL;
        free(block);
        return NULL;
    }
    if (++attempt->allocations == attempt->fail_at) {
        attempt->hit = true;
        return NULL;
    }
    attempt->live += block == NULL;
    return realloc(block, new_size);
}

static void ignore_error(void *data, struct rouse_runtime *rt, const char *task,
                         const struct rouse_error *error)
{
    (void)data, (void)rt, (void)task, (void)error;
}

/* Turns and jumps of the clock until the task has ended, or nothing is left to wait for. */
static void drive(struct rouse_fake_host *host, struct rouse_task *task, struct attempt *attempt)
{
    for (attempt->turns = 1; !rouse_task_is_finished(task); attempt->turns++) {
        bool more = rouse_turn(host->host.runtime);
        if (attempt->turns == attempt->cancel_at && !rouse_task_is_finished(task)) {
            attempt->hit = true;
            rouse_task_abort(task);
        } else if (!more && !rouse_task_is_finished(task)) {
            if (host->deadline_ns == ROUSE_NEVER)
                return;
            host->clock_ns = host->deadline_ns;
        }
    }
    attempt->ended = true;
}

static void run(const struct rouse_future *root, struct attempt *attempt)
{
    struct rouse_runtime rt;
    struct rouse_fake_host host;
    struct rouse_options options = {.host = &host.host,
                                    .allocate = allocate,
                                    .allocate_data = attempt,
                                    .on_error = ignore_error,
                                    .seed = attempt->seed};
    void *copy = malloc(root->type->size);
    memcpy(copy, root, root->type->size);
    rouse_fake_host_init(&host);
    if (rouse_runtime_init(&rt, &options) != ROUSE_OK)
        abort();
    struct rouse_task *task = rouse_i_spawn(&rt, copy, root->type->size);
    drive(&host, task, attempt);
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
    free(copy);
    if (attempt->live != 0) {
        fprintf(stderr, "%zu blocks leak: cancel at turn %u, allocation %u fails\n", attempt->live,
                attempt->cancel_at, attempt->fail_at);
        exit(1);
    }
}

static unsigned repeat_until_clean(const struct rouse_future *root, bool cancels)
{
    unsigned hits = 0;
    for (;; hits++) {
        struct attempt attempt = {0};
        *(cancels ? &attempt.cancel_at : &attempt.fail_at) = hits + 1;
        run(root, &attempt);
        if (!attempt.hit)
            return hits;
    }
}

/* Whether a program comes to its end may not depend on the order in which ready tasks run. */
static void shuffle(const struct rouse_future *root)
{
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct attempt attempt = {.seed = seed};
        run(root, &attempt);
        if (attempt.ended)
            continue;
        fprintf(stderr, "stalls when shuffled by seed %llu\n", (unsigned long long)seed);
        exit(1);
    }
}

void rouse_i_main_begin(void)
{
}

static unsigned argument(int index)
{
    return program_argc > index ? (unsigned)strtoul(program_argv[index], NULL, 10) : 0;
}

int rouse_i_main(struct rouse_future *root)
{
    if (strcmp(program_mode, "--virtual") == 0)
        return run_virtually(root);
    unsigned awaits = repeat_until_clean(root, true);
    unsigned allocations = repeat_until_clean(root, false);
    shuffle(root);
    fprintf(stderr, "%s: cancelled at %u awaits, failed %u allocations\n", root->type->name, awaits,
            allocations);
    return awaits < argument(1) || allocations < argument(2);
}
