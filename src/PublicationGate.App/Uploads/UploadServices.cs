namespace PublicationGate.App.Uploads;

/// <summary>Registers the taking in of uploads.</summary>
internal static class UploadServices
{
    public static IServiceCollection AddUploads(this IServiceCollection services) =>
        services.AddSingleton(new UploadOptions()).AddSingleton<AbandonedPhotos>().AddSingleton<RememberedUploads>().AddScoped<UploadReader>().AddScoped<PhotoUpload>();
}
