/* test_runs.c: runs one program again and again: each time with another order of its ready tasks,
   or cancelled one turn later. Every run has its own runtime and clock. */
#include "../core/executor.h"
#include "../base/random.h"
#include "../base/text.h"
#include <rouse/test.h>

#include <stdlib.h>

enum { TURNS_MAX = 100000 }; /* a program that takes more will not end */

struct run {
    struct rouse_runtime rt;
    struct rouse_fake_host host;
    uint64_t seed;
    unsigned cancel_at; /* the turn after which the program is cancelled; 0: never */
    bool cancelled;
    rouse_status status;
    size_t live; /* blocks of memory that are allocated */
};

static void *count_blocks(void *data, void *block, size_t old_size, size_t new_size)
{
    struct run *run = data;
    void *made = rouse_host_allocate(NULL, block, old_size, new_size);
    run->live += !block && made;
    run->live -= block && !new_size;
    return made;
}

static void ignore_error(void *data, struct rouse_runtime *rt, const char *task,
                         const struct rouse_error *error)
{
    (void)data, (void)rt, (void)task, (void)error;
}

/* Moves each task to a random end of the queue, twice. */
static void shuffle(struct rouse_runtime *rt)
{
    for (int pass = 0; pass < 2; pass++) {
        struct rouse_i_queue mixed = {NULL, NULL};
        struct rouse_task *task;
        while ((task = rt->ready.head)) {
            rt->ready.head = task->next;
            if (!mixed.head || rouse_i_random(rt) & 1) {
                task->next = mixed.head;
                mixed.head = task;
                mixed.tail = mixed.tail ? mixed.tail : task;
            } else {
                task->next = NULL;
                mixed.tail->next = task;
                mixed.tail = task;
            }
        }
        rt->ready = mixed;
    }
}

/* Runs turns, and moves the clock between them, until the task has ended or nothing can wake it. */
static rouse_status drive(struct run *run, struct rouse_task *task)
{
    for (unsigned turns = 1; turns <= TURNS_MAX; turns++) {
        if (run->seed)
            shuffle(&run->rt);
        bool more = rouse_turn(&run->rt);
        if (rouse_task_is_finished(task))
            return task ? rouse_i_task_future(task)->status : ROUSE_ERR_NO_MEMORY;
        if (turns == run->cancel_at) {
            run->cancelled = true;
            rouse_task_abort(task);
            return ROUSE_ERR_CANCELLED;
        }
        if (!more && run->host.deadline_ns == ROUSE_NEVER) {
            run->rt.options.on_stall(NULL, &run->rt);
            return ROUSE_ERR_DEADLOCK;
        }
        if (!more)
            run->host.clock_ns = run->host.deadline_ns;
    }
    return ROUSE_ERR_TIMEOUT;
}

static void run_once(struct run *run, rouse_test_make make, void *data)
{
    struct rouse_options options = {.host = &run->host.host,
                                    .allocate = count_blocks,
                                    .allocate_data = run,
                                    .on_error = run->cancel_at ? ignore_error : NULL,
                                    .seed = run->seed};
    rouse_fake_host_init(&run->host);
    (void)rouse_runtime_init(&run->rt, &options); /* cannot fail with the fake host */
    struct rouse_future *f = make(data);
    struct rouse_task *task = f ? rouse_i_spawn(&run->rt, f, f->type->size) : NULL;
    run->status = drive(run, task);
    rouse_task_detach(task);
    rouse_runtime_drop(&run->rt);
}

static void report(const struct rouse_test_result *result, const char *how)
{
    char buffer[200];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    rouse_i_text_add(&text, "rouse: test: %s %llu: %s, %zu blocks leaked\n", how,
                     (unsigned long long)result->seed, rouse_status_name(result->status),
                     result->leaked);
    rouse_host_log(text.start, text.length);
}

/* ROUSE_SEED names one seed to run again. A JavaScript host has no environment. */
static uint64_t seed_wanted(void)
{
#ifdef ROUSE_JS
    return 0;
#else
    const char *text = getenv("ROUSE_SEED");
    return text ? strtoull(text, NULL, 10) : 0;
#endif
}

struct rouse_test_result rouse_test_schedules(rouse_test_make make, void *data, unsigned count,
                                              uint64_t seed)
{
    struct rouse_test_result result = {ROUSE_OK, 0, 0, 0};
    uint64_t wanted = seed_wanted(), first = wanted ? wanted : seed ? seed : 1;
    unsigned runs = wanted ? 1 : count;
    while (result.runs < runs && result.status == ROUSE_OK && !result.leaked) {
        struct run run = {.seed = first + result.runs};
        run_once(&run, make, data);
        result = (struct rouse_test_result){run.status, run.seed, result.runs + 1, run.live};
    }
    if (result.status < 0 || result.leaked)
        report(&result, "ROUSE_SEED =");
    return result;
}

struct rouse_test_result rouse_test_cancel_points(rouse_test_make make, void *data)
{
    struct rouse_test_result result = {ROUSE_OK, 0, 0, 0};
    for (unsigned turn = 1; !result.leaked; turn++) {
        struct run run = {.cancel_at = turn};
        run_once(&run, make, data);
        result.status = run.cancelled ? ROUSE_OK : run.status;
        result.seed = turn;
        result.leaked = run.live;
        if (!run.cancelled)
            break;
        result.runs++;
    }
    if (result.status < 0 || result.leaked)
        report(&result, "cancelled after turn");
    return result;
}
