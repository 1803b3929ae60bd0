/* plain_cat.c: what cat is compared with: a loop of read and write. */
#include <unistd.h>

int main(void)
{
    static char memory[65536];
    ssize_t count;
    while ((count = read(0, memory, sizeof memory)) > 0)
        for (ssize_t done = 0; done < count;) {
            ssize_t taken = write(1, memory + done, (size_t)(count - done));
            if (taken <= 0)
                return 1;
            done += taken;
        }
    return count < 0;
}
