/* trace.c: what an event costs. A program of yields records to a full ring; its time, divided by
   the number of its events: all that the program does besides is counted, too.

   trace_event   with a trace; must stay under 20 ns
   trace_off     a traced build without a trace, per event that would have been */
#include "crew.h"

struct yields {
    struct rouse_future future;
    uint64_t left;
};
ROUSE_ASYNC(yields)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--)
        ROUSE_YIELD;
    ROUSE_END;
}

static struct rouse_trace_record ring[1 << 16];
static char strings[4096];
static struct rouse_trace trace;

static double run(struct rouse_trace *to)
{
    static struct rouse_runtime rt;
    struct rouse_options options = {.trace = to};
    bench_check(rouse_runtime_init(&rt, &options) == ROUSE_OK, "the runtime does not start");
    struct crew crew = ROUSE_FUTURE(crew);
    for (int i = 0; i < 1000; i++)
        crew_add(&crew, rouse_spawn(&rt, ROUSE_FUTURE(yields, .left = 1000)));
    double start = bench_now();
    bench_block_on(&rt, &crew.future);
    double ns = bench_now() - start;
    rouse_runtime_drop(&rt);
    return ns;
}

int main(int argc, char **argv)
{
    double best = 0, off = 0;
    bench_begin(argc, argv);
    for (int i = 0; i < BENCH_REPETITIONS; i++) {
        rouse_trace_init(&trace, ring, 1 << 16, strings, sizeof strings);
        double ns = run(&trace);
        best = i == 0 || ns < best ? ns : best;
        ns = run(NULL);
        off = i == 0 || ns < off ? ns : off;
    }
    if (bench_wanted("trace_event"))
        bench_print("trace_event", trace.seq, best);
    if (bench_wanted("trace_off"))
        bench_print("trace_off", trace.seq, off);
    return EXIT_SUCCESS;
}
