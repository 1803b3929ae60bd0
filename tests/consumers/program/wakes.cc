// A C++ program uses the headers and the library; only async bodies are C.
#include <rouse/rouse.h>

int main()
{
    static struct rouse_runtime runtime;
    struct rouse_sleep nap = rouse_sleep(ROUSE_MS);
    if (rouse_runtime_init(&runtime, nullptr) < 0)
        return 1;
    rouse_status status = rouse_block_on(&runtime, &nap.future);
    rouse_runtime_drop(&runtime);
    return status == ROUSE_OK ? 0 : 1;
}
