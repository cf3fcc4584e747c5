/* Stands in for bcryptprimitives.dll, which Wine 8 doesn't have and every program in Go asks for
   random bytes. It is compiled where it is needed, and no release contains it. */
#include <string.h>
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
	return RtlGenRandom(data, (ULONG)length);
}

/* Wine 8 answers "not implemented" when a file is to be deleted while it is open, as Windows 10
   can. Windows 8 answers "no such class of information", and for that Go has an older way. */
#define NOT_IMPLEMENTED ((LONG)0xC0000002)
#define INVALID_INFO_CLASS ((LONG)0xC0000003)
#define STUB 32 /* Bytes of a system call in Wine's ntdll, which can run anywhere. */

typedef LONG(WINAPI *call)(HANDLE, void *, void *, ULONG, ULONG);
static call wine_does;

static LONG WINAPI answer(HANDLE file, void *status, void *info, ULONG length, ULONG class)
{
	LONG said = wine_does(file, status, info, length, class);
	return said == NOT_IMPLEMENTED ? INVALID_INFO_CLASS : said;
}

BOOL WINAPI DllMain(HINSTANCE self, DWORD why, void *reserved)
{
	BYTE jump[14] = {0xff, 0x25}; /* jmp to the address that follows */
	call to = answer;
	DWORD was;
	BYTE *stub, *copy;

	if (why != DLL_PROCESS_ATTACH)
		return TRUE;
	stub = (BYTE *)GetProcAddress(GetModuleHandleA("ntdll.dll"), "NtSetInformationFile");
	copy = VirtualAlloc(NULL, STUB, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
	/* mov r10, rcx; mov eax, number: anything else isn't the stub that we know. */
	if (!stub || !copy || memcmp(stub, "\x4c\x8b\xd1\xb8", 4) ||
	    !VirtualProtect(stub, STUB, PAGE_EXECUTE_READWRITE, &was))
		return TRUE;
	memcpy(copy, stub, STUB);
	wine_does = (call)copy;
	memcpy(jump + 6, &to, sizeof to);
	memcpy(stub, jump, sizeof jump);
	VirtualProtect(stub, STUB, was, &was);
	return TRUE;
}
